// An XML document as a tree of elements, or one sentence that says where it is malformed.
import { XMLParser, XMLValidator } from 'fast-xml-parser';

export interface XmlElement {
  name: string;
  attributes: Record<string, string>;
  children: XmlElement[];
  /** Its own text, entities decoded, white space kept. */
  text: string;
}

/** Thrown for a document that is not well-formed XML; the message begins with line and column. */
export class XmlError extends Error {}

type RawNode = Record<string, unknown>;

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  trimValues: false,
});

/** @throws XmlError */
export function parseXml(source: string): XmlElement {
  const verdict = XMLValidator.validate(source);
  if (verdict !== true) throw new XmlError(`${verdict.err.line}:${verdict.err.col} ${verdict.err.msg}`);
  const roots = (parser.parse(source) as RawNode[]).flatMap(elementOf);
  const [root] = roots;
  if (!root || roots.length > 1) throw new XmlError(`1:1 a document has one root element, not ${roots.length}`);
  return root;
}

function elementOf(node: RawNode): XmlElement[] {
  const name = Object.keys(node).find((key) => key !== ':@');
  if (name === undefined || name.startsWith('?') || name.startsWith('#')) return [];
  const content = node[name] as RawNode[];
  const text = content.map((part) => (typeof part['#text'] === 'string' ? part['#text'] : '')).join('');
  const attributes = (node[':@'] ?? {}) as Record<string, string>;
  return [{ name, attributes, children: content.flatMap(elementOf), text }];
}

export function child(element: XmlElement, name: string): XmlElement | undefined {
  return element.children.find((one) => one.name === name);
}

export function children(element: XmlElement, name: string): XmlElement[] {
  return element.children.filter((one) => one.name === name);
}

/** Text of the first child of this name, or undefined where there is none. */
export function textOf(element: XmlElement, name: string): string | undefined {
  return child(element, name)?.text;
}

export function textsOf(element: XmlElement, name: string): string[] {
  return children(element, name).map((one) => one.text);
}

/** The element and all below it, in document order. */
export function descendants(element: XmlElement): XmlElement[] {
  return [element, ...element.children.flatMap(descendants)];
}
