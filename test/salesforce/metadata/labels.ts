// The custom labels of an org: the values of `$Label.X` in flows. The org's language is that of the labels;
// translations are stored, and not used.
import type { EventsOrg } from '../pubsub/org.ts';
import { installedIn } from './installed.ts';
import { elementOf, type PackageFile } from './package.ts';
import { childrenOf, textOf } from './xml.ts';

const TYPE = 'CustomLabels';
/** Read once for each file, which is replaced as a whole when labels are deployed. */
const read = new Map<string, ReadonlyMap<string, string>>();

/** Value by name, of one file of labels. @throws Error where it is no such file */
export function labelsIn(file: Pick<PackageFile, 'text' | 'document'>): ReadonlyMap<string, string> {
  const { text } = file;
  const known = read.get(text);
  if (known) return known;
  const labels = new Map(
    childrenOf(elementOf(file, TYPE), 'labels').map((label) => [
      textOf(label, 'fullName') ?? '',
      textOf(label, 'value') ?? '',
    ]),
  );
  read.set(text, labels);
  return labels;
}

/** Undefined where the org has no such label. */
export function labelOf(org: EventsOrg, name: string): string | undefined {
  for (const file of installedIn(org).all(TYPE)) {
    const value = labelsIn(file).get(name);
    if (value !== undefined) return value;
  }
  return undefined;
}
