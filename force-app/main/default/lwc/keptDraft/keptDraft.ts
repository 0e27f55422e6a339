// What was chosen of a mapping and not saved, kept in the tab of the browser: it outlives the dialog, a page that is loaded anew,
// and a session that ends and begins again with the same user. Field names are all that it holds.
import USER_ID from '@salesforce/user/Id';
import type { Draft } from 'c/fieldFit';
import { differences, STEPS, type Step } from 'c/mappingDraft';
import type { MappingRecord } from 'c/mappingRows';

export interface KeptDraft {
  /** Heading of the dialog in which it was chosen. */
  label: string;
  /** `system` or `custom` of a new mapping; blank otherwise. */
  kind: string;
  draft: Draft;
  step: Step;
  /** The mapping that was edited, as it stood when the edit began. */
  record?: MappingRecord | undefined;
}

const KEY = `sellfire.mapping.${USER_ID}`;

/** A browser that keeps nothing, by its settings, costs nobody more than this. */
function storage(): Storage | undefined {
  try {
    return sessionStorage;
  } catch {
    return undefined;
  }
}

/** @param base what it began from; where nothing differs from it there is nothing to keep */
export function keepDraft(kept: KeptDraft, base: Draft): void {
  if (differences(base, kept.draft).length === 0) {
    forgetDraft();
    return;
  }
  try {
    storage()?.setItem(KEY, JSON.stringify(kept));
  } catch {
    // It is full; the dialog still has what was chosen.
  }
}

export function forgetDraft(): void {
  storage()?.removeItem(KEY);
}

/** @returns undefined where nothing is kept, or what is kept is of another version of the package */
export function keptDraft(): KeptDraft | undefined {
  try {
    const kept: unknown = JSON.parse(storage()?.getItem(KEY) ?? 'null');
    return isKept(kept) ? kept : undefined;
  } catch {
    return undefined;
  }
}

const TEXTS = ['sellfireObject', 'sellfireField', 'salesforceObject', 'salesforceField', 'rule'] as const;

function isKept(value: unknown): value is KeptDraft {
  const { label, kind, step, draft, record } = Object(value) as Partial<Record<keyof KeptDraft, unknown>>;
  const isText = (text: unknown): boolean => typeof text === 'string';
  if (!isText(label) || !isText(kind) || !STEPS.some((one) => one === step) || !isDraft(draft)) return false;
  return record === undefined || (isDraft(record) && isText((record as Partial<MappingRecord>).id));
}

function isDraft(value: unknown): value is Draft {
  const draft = Object(value) as Partial<Record<keyof Draft, unknown>>;
  return TEXTS.every((name) => typeof draft[name] === 'string') && Array.isArray(draft.triggers);
}
