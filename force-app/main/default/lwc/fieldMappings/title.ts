// What a mapping is called that has just been saved.
import type { Catalogue } from 'c/mappingRecords';
import type { MappingRecord } from 'c/mappingRows';
import { fill } from 'c/mappingTexts';
import { labels } from './labels';

/** `Title ↔ Lead, Title` */
export function titleOf(record: MappingRecord | undefined, catalogue: Catalogue | undefined): string {
  const { sellfireObject = '', sellfireField = '', salesforceObject = '', salesforceField = '' } = record ?? {};
  const known = catalogue?.fields.find(({ object, name }) => object === sellfireObject && name === sellfireField);
  return fill(labels.pair, known?.label ?? sellfireField, salesforceObject, salesforceField);
}
