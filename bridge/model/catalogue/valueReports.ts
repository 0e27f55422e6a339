// Codes of values that one side does not accept, and of conflicting edits.
import type { Entry } from './entry.ts';

export const VALUES = {
  VALUE_UNFIT: {
    title: 'Value does not fit its field',
    places: ['report'],
    outcomes: ['Failed'],
    action: 'Correct {field} in Sellfire, or map it to another field.',
    cases: {
      onUpdate: { sentence: '{unfit} Everything else that had changed was written.' },
      onCreation: { sentence: '{unfit} The {object} is created without it.' },
      leftOut: {
        sentence: '{unfit} The {event} was written without it.',
        action: 'Correct the value in Sellfire, or the mapping to {field}, then repush the {event}.',
      },
      onSale: {
        sentence: '{unfit} Nothing was written.',
        action: 'Correct the value in Sellfire, or the mapping to {field}, then repush the {event}.',
      },
    },
  },
  VALUE_CUT: {
    title: 'Name shortened',
    places: ['report'],
    outcomes: ['Success'],
    sentence: '{field} takes {length} characters, so that it holds the beginning of "{value}".',
    action: 'Shorten the name in Sellfire, or correct it in Salesforce.',
  },
  VALUE_ROUNDED: {
    title: 'Number rounded',
    places: ['report'],
    outcomes: ['Success'],
    sentence:
      '{field} keeps {scale} decimals, so that it holds {kept} and not {value}: the amount of the sale differs.',
    action: 'Correct the number in Sellfire, or give the field more decimals in Salesforce, then repush the sale.',
  },
  OVERTAKEN: {
    title: 'A later edit won',
    places: ['report'],
    outcomes: ['Skipped'],
    sentence: 'A later edit on the other side won.',
    action: '',
  },
  BOUNCING: {
    title: 'Field changed back and forth',
    places: ['report'],
    outcomes: ['Failed'],
    sentence:
      'The two systems keep changing "{field}" in turn, so it is held still. It goes on after five quiet minutes.',
    action: 'Look for an automation on either side that rewrites it, or map it in one direction.',
  },
  PHASE_REFUSED: {
    title: 'Phase kept by Sellfire',
    places: ['report'],
    outcomes: ['Refused', 'Failed'],
    action: 'Change the phase in Sellfire, or choose one that Salesforce may set from the present one.',
    cases: {
      blank: { sentence: 'A lead always has a phase; Sellfire keeps {current}.' },
      unknown: {
        sentence: '"{wanted}" is not one of the 14 phases; Sellfire keeps {current}.',
        action: 'Choose one of {accepted}.',
      },
      notAccepted: {
        sentence:
          '{wanted} follows from what reps do in Sellfire and cannot be set from Salesforce. Sellfire keeps {current}.',
        action: 'Salesforce may set {accepted}.',
      },
      backwards: {
        sentence: 'The lead is in {current} and never goes back inside a sales cycle.',
        action: 'End the cycle first (Resting, LongResting, Retired or Customer).',
      },
    },
  },
  OWNER_REFUSED: {
    title: 'Owner kept by Sellfire',
    places: ['report'],
    outcomes: ['Refused', 'Failed'],
    action: 'Choose a rep who may have the lead from the list of reps, or change the owner in Sellfire.',
    cases: {
      unknown: {
        sentence: '"{wanted}" is no rep in Sellfire, which keeps its own owner.',
        action: 'Choose an id from the list of reps.',
      },
      deleted: {
        sentence: '"{wanted}" is a deleted rep in Sellfire, which keeps its own owner.',
        action: 'Choose an id from the list of reps.',
      },
      busy: {
        sentence: 'The present owner has events with this lead at specific times ({events}).',
        action: 'Move or delete them, or keep the owner.',
      },
    },
  },
} as const satisfies Record<string, Entry>;
