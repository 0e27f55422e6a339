// What the demo writes: colours where a person looks and wants them, text that cannot steer the terminal, and tables.
import { styleText } from 'node:util';

type Style = Parameters<typeof styleText>[0];

/** Plain text where standard output is no terminal, or NO_COLOR is set. */
export const paint = (style: Style, text: string): string => styleText(style, text, { stream: process.stdout });

export const say = (line = ''): void => void process.stdout.write(`${line}\n`);

/** Data from a record on one line: control characters, which a terminal would obey, become spaces. */
export const plain = (text: string): string => text.replace(/\p{Cc}+/gu, ' ');

/** At most so many characters; what is cut off shows as "…". */
export const clip = (text: string, width: number): string =>
  text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`;

/** Lines of at most so many characters, broken between words where there is a place to. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    let rest = word;
    if (line !== '' && line.length + 1 + rest.length <= width) {
      line += ` ${rest}`;
      continue;
    }
    if (line !== '') lines.push(line);
    for (; rest.length > width; rest = rest.slice(width)) lines.push(rest.slice(0, width));
    line = rest;
  }
  return [...lines, line];
}

export interface Column {
  title: string;
  width: number;
}

const GAP = '  ';

export const heading = (columns: readonly Column[]): string[] => [
  paint('bold', columns.map(({ title, width }) => title.padEnd(width)).join(GAP)),
  columns.map(({ width }) => '─'.repeat(width)).join(GAP),
];

/** One row of a table; a cell that is too long goes on below. @param styles one a column, where it has one */
export function row(
  columns: readonly Column[],
  cells: readonly string[],
  styles: readonly (Style | undefined)[],
): string[] {
  const wrapped = columns.map(({ width }, at) => wrap(plain(cells[at] ?? ''), width));
  return Array.from({ length: Math.max(...wrapped.map((lines) => lines.length)) }, (_, line) =>
    columns
      .map(({ width }, at) => {
        const text = (wrapped[at]?.[line] ?? '').padEnd(width);
        const style = styles[at];
        return style ? paint(style, text) : text;
      })
      .join(GAP)
      .trimEnd(),
  );
}
