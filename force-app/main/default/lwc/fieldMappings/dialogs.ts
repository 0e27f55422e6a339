// The dialogs of the page: each with what it needs, and whether something changed when it is closed.
import { isBridgeAway } from 'c/bridgeSilence';
import type { Draft } from 'c/fieldFit';
import ApplyMapping from 'c/applyMapping';
import DeleteMapping from 'c/deleteMapping';
import { forgetDraft, keptDraft, type KeptDraft } from 'c/keptDraft';
import MappingEditor from 'c/mappingEditor';
import type { Catalogue } from 'c/mappingRecords';
import type { MappingRecord, Row } from 'c/mappingRows';
import type { Sources } from 'c/mappingSource';
import { fill } from 'c/mappingTexts';
import OptionInspector from 'c/optionInspector';
import RecommendedSet from 'c/recommendedSet';
import UnsavedChoices, { type Answer } from 'c/unsavedChoices';
import { isGate } from './gate';
import { labels } from './labels';

/** What the page knows when a dialog is opened. */
export interface Situation {
  catalogue: Catalogue | undefined;
  mappings: readonly MappingRecord[];
  isAway: boolean;
  /** Whether the page is still in sight: whoever goes back in the browser leaves it, and its dialogs with it. */
  isThere: () => boolean;
}

/** @param isConnected of the page, which may stand a moment longer than the address that led to it */
export function situationOf({ catalogue, mappings = [] }: Sources, isConnected: () => boolean): Situation {
  const { pathname } = window.location;
  const isThere = (): boolean => isConnected() && window.location.pathname === pathname;
  return { catalogue, mappings, isAway: isBridgeAway(catalogue?.lastSeenAt, Date.now()), isThere };
}

export type Edited = { id: string; apply: boolean } | undefined;

interface Begin {
  label: string;
  kind?: string;
  initial?: Partial<Draft>;
  record?: MappingRecord | undefined;
  kept?: KeptDraft;
}

/**
 * However the editor was closed, what was chosen and not saved is lost only where somebody says so. Whoever has left the page reads
 * of it on coming back.
 */
async function edit(begin: Begin, situation: Situation): Promise<Edited> {
  const { catalogue, mappings, isAway, isThere } = situation;
  const saved = await MappingEditor.open<Edited>({ catalogue, mappings, isAway, ...begin, size: 'large' });
  const kept = keptDraft();
  if (saved || !kept || !isThere()) return saved;
  const answer = await UnsavedChoices.open<Answer>({ label: labels.unsaved, editing: kept.label, size: 'small' });
  if (answer === 'edit') return openKept(kept, situation);
  if (answer === 'discard') forgetDraft();
  return undefined;
}

/** @param field of the lead, which the new mapping takes to the Lead; without it nothing is chosen yet */
export function openNew(kind: 'system' | 'custom', situation: Situation, field?: string): Promise<Edited> {
  const initial = field === undefined ? {} : { sellfireObject: 'lead', sellfireField: field, salesforceObject: 'Lead' };
  return edit({ label: kind === 'system' ? labels.editorSystem : labels.editorCustom, kind, initial }, situation);
}

export function openEdit(record: MappingRecord, { title }: Row, situation: Situation): Promise<Edited> {
  return edit({ label: fill(labels.editorEdit, title), record }, situation);
}

/** Goes on with what was left. */
export function openKept(kept: KeptDraft, situation: Situation): Promise<Edited> {
  const { label, kind, record } = kept;
  return edit({ label, kind, record, kept }, situation);
}

function openInspector(record: MappingRecord, { title }: Row, { catalogue }: Situation): Promise<unknown> {
  const { sellfireObject, sellfireField } = record;
  const sellfire = catalogue?.fields.find(({ object, name }) => object === sellfireObject && name === sellfireField);
  return OptionInspector.open({ label: fill(labels.inspectTitle, title), record, sellfire, size: 'medium' });
}

function openDelete(record: MappingRecord, { title }: Row, { mappings }: Situation): Promise<boolean | undefined> {
  const { id, rule } = record;
  return DeleteMapping.open<boolean>({
    ...{ label: labels.deleteTitle, recordId: id, rule, name: title, size: 'small' },
    isGate: isGate(record, mappings),
  });
}

export function openApply(mapping: Draft, id: string, title: string): Promise<unknown> {
  return ApplyMapping.open({ label: fill(labels.applyTitle, title), recordId: id, mapping, size: 'medium' });
}

export function openSet({ catalogue, mappings }: Situation): Promise<boolean | undefined> {
  return RecommendedSet.open<boolean>({ label: labels.setTitle, catalogue, mappings, size: 'medium' });
}

/** Whatever else can be done with a mapping. @returns whether the mappings or the fields are to be read again */
export async function carryOut(
  action: string,
  record: MappingRecord,
  row: Row,
  situation: Situation,
): Promise<boolean> {
  if (action === 'inspect') return Boolean(await openInspector(record, row, situation));
  if (action === 'delete') return Boolean(await openDelete(record, row, situation));
  if (action === 'apply') await openApply(record, record.id, row.title);
  return false;
}
