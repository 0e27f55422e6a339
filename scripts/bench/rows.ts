// What every benchmark prints in the end: the machine and its load, what was measured, a row for each figure, and one line of JSON for machines.
import { machineLine, type Machine } from './figures.ts';

/** @param about what was measured, in one line */
export function print(
  figures: { machine: Machine; [name: string]: unknown },
  about: string,
  rows: readonly (readonly [name: string, value: string])[],
  json = false,
): void {
  const { machine } = figures;
  const width = Math.max(...rows.map(([name]) => name.length));
  const lines = [
    machineLine(machine),
    `load ${machine.load.map((load) => load.toFixed(1)).join(' → ')} · ${about}`,
    '',
    ...rows.map(([name, value]) => `${name.padEnd(width)}   ${value}`),
    '',
  ];
  process.stdout.write(lines.join('\n'));
  if (json) process.stdout.write(`${JSON.stringify(figures)}\n`);
}
