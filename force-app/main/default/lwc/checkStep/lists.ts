// The objections to a mapping, as lists of sentences: the page's own judgement, and what the bridge adds from real records.
import type { Finding, Findings } from 'c/fieldFit';
import type { Preview } from 'c/mappingPreview';
import type { MappingRecord } from 'c/mappingRows';
import { fill, sentence } from 'c/mappingTexts';
import { sameId, withoutSuffix } from 'c/records';
import { labels } from './labels';

export interface Statement {
  key: string;
  icon: string;
  variant: string;
  text: string;
}
export interface StatementList {
  key: string;
  heading: string;
  statements: Statement[];
}

const isConflict = ({ mappings }: Finding): boolean => mappings !== undefined;

/** A mapping by the fields that it joins, and its number. */
function named(id: string, all: readonly MappingRecord[]): string {
  const one = all.find((mapping) => sameId(mapping.id, id));
  if (!one) return id;
  return fill(labels.conflictWith, `${one.sellfireField} ↔ ${one.salesforceObject}.${one.salesforceField}`, one.name);
}

export function lists(
  findings: Findings,
  preview: Preview | undefined,
  all: readonly MappingRecord[],
): StatementList[] {
  const conflicts = findings.issues.filter(isConflict);
  const issues = findings.issues.filter((finding) => !isConflict(finding));
  const found = new Set(conflicts.flatMap(({ mappings = [] }) => mappings.map(withoutSuffix)));
  const further = (preview?.contradictions ?? []).filter((id) => !found.has(withoutSuffix(id)));
  const own = findings.warnings.map(sentence);
  // The bridge judges by the same rules and says it all in one sentence, so its word is for what the page does not see.
  const isFine = [findings.dead, findings.issues, findings.warnings].every((list) => list.length === 0);
  const ofBridge = isFine ? (preview?.warnings ?? []) : [];
  // What was deleted after the page was opened, only the bridge knows.
  const gone = findings.dead.length === 0 ? (preview?.gone ?? []) : [];
  const list = (key: string, heading: string, icon: string, variant: string, texts: string[]): StatementList => ({
    ...{ key, heading },
    statements: texts.map((text, at) => ({ key: `${key}-${at}`, icon, variant, text })),
  });
  return [
    list('dead', labels.dead, 'utility:error', 'error', findings.dead.map(sentence)),
    list('issues', labels.issues, 'utility:error', 'error', [...issues.map(sentence), ...gone]),
    list('conflicts', labels.conflicts, 'utility:warning', 'warning', [
      ...conflicts.map((one) => [sentence(one), ...(one.mappings ?? []).map((id) => named(id, all))].join(' · ')),
      ...further.map((id) => named(id, all)),
    ]),
    list('warnings', labels.warnings, 'utility:info', '', [...own, ...ofBridge]),
  ].filter(({ statements }) => statements.length > 0);
}
