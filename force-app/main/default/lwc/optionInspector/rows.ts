// The rows of the option inspector (M7): Sellfire's options beside the values of the picklist, and what came of creating one.
import type { PicklistEntry } from 'lightning/uiObjectInfoApi';
import { messageOf, worded } from 'c/messages';
import { compareOptions, entryOf } from 'c/fieldFit';
import { fill } from 'c/mappingTexts';
import { labels } from './labels';

/** What came of an option that was asked for; a sentence where it was refused. */
export type Outcome = { state: 'running' } | { state: 'created' } | { state: 'failed'; why: string };
export type Outcomes = Readonly<Record<string, Outcome>>;

export interface InspectorRow {
  key: string;
  option: string;
  sellfire: string;
  value: string;
  label: string;
  icon: string;
  variant: string;
  text: string;
  className: string;
  isMissing: boolean;
  canCreate: boolean;
  createLabel: string;
}

const WORDS = {
  both: { icon: 'utility:success', variant: 'success', text: labels.both, className: '' },
  missing: {
    icon: 'utility:error',
    variant: 'error',
    text: labels.missingSellfire,
    className: 'slds-text-color_error',
  },
  other: { icon: 'utility:info', variant: '', text: labels.missingSalesforce, className: '' },
  running: { icon: 'utility:clock', variant: '', text: labels.running, className: '' },
  created: { icon: 'utility:success', variant: 'success', text: labels.created, className: '' },
};

function wordsOf(inSellfire: boolean, inSalesforce: boolean, outcome: Outcome | undefined): (typeof WORDS)['both'] {
  if (outcome?.state === 'failed') return { ...WORDS.missing, text: fill(labels.failed, outcome.why) };
  if (outcome && !inSellfire) return WORDS[outcome.state];
  if (!inSalesforce) return WORDS.other;
  return inSellfire ? WORDS.both : WORDS.missing;
}

export function inspectorRows(
  options: readonly string[],
  entries: readonly PicklistEntry[],
  outcomes: Outcomes,
): InspectorRow[] {
  return compareOptions(options, entries).map(({ option, inSellfire, inSalesforce }) => {
    const entry = inSalesforce ? entryOf(option, entries) : undefined;
    const outcome = outcomes[option];
    const isMissing = !inSellfire && outcome?.state !== 'created';
    return {
      ...wordsOf(inSellfire, inSalesforce, outcome),
      key: option,
      option,
      sellfire: inSellfire ? option : '',
      value: entry?.value ?? '',
      label: entry?.label ?? '',
      isMissing,
      canCreate: isMissing && outcome?.state !== 'running',
      createLabel: fill(labels.createOf, option),
    };
  });
}

function part(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

/** What the bridge says of each option that was asked for. @param data `{ created: [], failed: [{ option, code, sentence }] }` */
export function outcomesOf(asked: readonly string[], status: string, data: unknown, result: string): Outcomes {
  const failed = part(data, 'failed');
  const why = new Map(
    (Array.isArray(failed) ? (failed as unknown[]) : []).map((one) => [
      String(part(one, 'option')),
      worded(messageOf(one)),
    ]),
  );
  const outcome = (option: string): Outcome => {
    const reason = why.get(option) ?? (status === 'Done' ? undefined : result);
    return reason === undefined ? { state: 'created' } : { state: 'failed', why: reason };
  };
  return Object.fromEntries(asked.map((option) => [option, outcome(option)]));
}
