// The four steps (M2, M3), when each has all that it needs, and the draft as the bridge gets it.
import type { Draft, Trigger } from 'c/fieldFit';

export const STEPS = ['when', 'what', 'rule', 'check'] as const;
export type Step = (typeof STEPS)[number];

export const NEW_DRAFT: Draft = {
  sellfireObject: '',
  sellfireField: '',
  salesforceObject: '',
  salesforceField: '',
  triggers: ['createUpdate'],
  rule: '',
};

/** What an admin can choose of a mapping. */
export const draftOf = ({
  sellfireObject,
  sellfireField,
  salesforceObject,
  salesforceField,
  triggers,
  rule,
}: Draft): Draft => ({
  ...{ sellfireObject, sellfireField, salesforceObject, salesforceField, triggers, rule },
});

const COMPLETE: Readonly<Record<Step, (draft: Draft) => boolean>> = {
  when: ({ triggers, rule }) => triggers.length > 0 || rule === 'DoNotSync',
  what: ({ sellfireField, salesforceField }) => sellfireField !== '' && salesforceField !== '',
  rule: ({ rule }) => rule !== '',
  check: () => true,
};

export const isComplete = (step: Step, draft: Draft): boolean => COMPLETE[step](draft);

const TRIGGER_WORDS: Readonly<Record<Trigger, string>> = {
  createUpdate: 'create/update',
  demoSet: 'demo set',
  sale: 'sale',
};

/** Parameters of a request of the type PreviewMapping. */
export function previewParameters({ triggers, ...draft }: Draft, id: string | undefined): Record<string, unknown> {
  return { mapping: id ?? null, draft: { ...draft, triggers: triggers.map((trigger) => TRIGGER_WORDS[trigger]) } };
}
