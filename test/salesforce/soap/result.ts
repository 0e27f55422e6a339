// Writes what a SOAP call answers: null as xsi:nil, lists as repeated elements, text escaped.
import { escapeXml } from '../metadata/xml.ts';

/** Elements in the order of the data; undefined is left out. */
export function resultXml(data: object): string {
  return Object.entries(data)
    .flatMap(([name, value]: [string, unknown]) =>
      (Array.isArray(value) ? value : [value]).map((one) => element(name, one)),
    )
    .join('');
}

function element(name: string, value: unknown): string {
  if (value === undefined) return '';
  if (value === null) return `<${name} xsi:nil="true"/>`;
  return `<${name}>${typeof value === 'object' ? resultXml(value) : escapeXml(String(value))}</${name}>`;
}
