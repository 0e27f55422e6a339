// Reads the XML of metadata files and SOAP messages: elements as text or as nested elements, nothing guessed from what
// a text looks like.
import { XMLParser, XMLValidator } from 'fast-xml-parser';

/** An element's children by name; a name that stands more than once has all of them. */
export interface Element {
  [name: string]: Element | string | (Element | string)[] | undefined;
}

export interface XmlDocument {
  /** Of the root element. */
  name: string;
  element: Element;
}

const parser = new XMLParser({ ignoreAttributes: true, parseTagValue: false, removeNSPrefix: true, trimValues: true });

/**
 * The root element of a document.
 * @throws Error with line and column where the text is not well-formed, or not of this root
 */
export function parseXml(text: string, root?: string): XmlDocument {
  return ofRoot(readXml(text), root);
}

/** @throws Error with line and column where the text is not well-formed */
export function readXml(text: string): XmlDocument {
  const valid = XMLValidator.validate(text);
  if (valid !== true) throw new Error(`${valid.err.msg} (line ${valid.err.line}, column ${valid.err.col})`);
  const document = parser.parse(text) as Element;
  const name = Object.keys(document).find((key) => key !== '?xml');
  if (name === undefined) throw new Error('The document is empty.');
  return { name, element: elementOf(document[name]) };
}

/** @throws Error where the document is of another root */
export function ofRoot(document: XmlDocument, root: string | undefined): XmlDocument {
  if (root !== undefined && document.name !== root)
    throw new Error(`The root element is ${document.name} and must be ${root}.`);
  return document;
}

/** The text of a child, or undefined where there is none. */
export function textOf(element: Element, name: string): string | undefined {
  const value = element[name];
  const single = Array.isArray(value) ? value[0] : value;
  return typeof single === 'string' ? single : undefined;
}

export function flagOf(element: Element, name: string): boolean {
  return textOf(element, name) === 'true';
}

/** A child that has children of its own, or undefined. */
export function childOf(element: Element, name: string): Element | undefined {
  return childrenOf(element, name)[0];
}

/** Every child of this name; one without content is an empty element. */
export function childrenOf(element: Element, name: string): Element[] {
  return listOf(element[name]).map(elementOf);
}

/** The texts of every child of this name. */
export function textsOf(element: Element, name: string): string[] {
  return listOf(element[name]).filter((value) => typeof value === 'string');
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

export function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ESCAPES[character] ?? character);
}

/** Elements from plain data: arrays repeat, undefined and null are left out. */
export function toXml(data: object): string {
  return Object.entries(data)
    .flatMap(([name, value]: [string, unknown]) =>
      (Array.isArray(value) ? value : [value]).map((item: unknown) =>
        item === undefined || item === null
          ? ''
          : `<${name}>${typeof item === 'object' ? toXml(item) : escapeXml(String(item))}</${name}>`,
      ),
    )
    .join('');
}

function listOf(value: Element[string]): (Element | string)[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

function elementOf(value: Element[string]): Element {
  return typeof value === 'object' && !Array.isArray(value) ? value : {};
}
