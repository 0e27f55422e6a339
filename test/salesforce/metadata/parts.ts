// A metadata file as the parts that stand in it: `fields`, `labels`, `validationRules` … Parts of one file come and go by
// themselves, so that a deployment of one field leaves the others, and one field can be retrieved alone.
import { parseXml, textOf } from './xml.ts';

export interface Part {
  /** Its element: `fields`. */
  element: string;
  /** What it is called inside its file; undefined where it has no name of its own. */
  name: string | undefined;
  xml: string;
}

const TAG = /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<(\/?)([A-Za-z][\w:.-]*)[^>]*?(\/?)>/g;

/** The elements below the root, in their order. The text is well-formed, as everything that was deployed is. */
export function partsOf(text: string): Part[] {
  const parts: Part[] = [];
  let depth = 0;
  let start = 0;
  for (const tag of text.matchAll(TAG)) {
    const [whole, closing, element, empty] = tag;
    if (element === undefined) continue;
    if (closing !== '/' && depth === 1) start = tag.index;
    if (closing === '/') depth -= 1;
    else if (empty !== '/') depth += 1;
    const ended = closing === '/' || empty === '/';
    if (!ended || depth !== 1) continue;
    const xml = text.slice(start, tag.index + whole.length);
    const inside = parseXml(xml).element;
    parts.push({ element, name: textOf(inside, 'fullName') ?? textOf(inside, 'name'), xml });
  }
  return parts;
}

export function fileOf(root: string, parts: readonly Part[]): string {
  const lines = parts.map(({ xml }) => `    ${xml}\n`).join('');
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="http://soap.sforce.com/2006/04/metadata">\n${lines}</${root}>\n`;
}

/**
 * The file after a deployment brought `newer`: named parts of the kinds in `children` replace their namesakes, every other
 * element replaces all of its kind.
 */
export function mergedFile(root: string, older: string, newer: string, children: ReadonlySet<string>): string {
  const brought = partsOf(newer);
  const keyOf = ({ element, name }: Part): string => (children.has(element) ? `${element}/${name ?? ''}` : element);
  const replaced = new Set(brought.map(keyOf));
  return fileOf(root, [...partsOf(older).filter((part) => !replaced.has(keyOf(part))), ...brought]);
}
