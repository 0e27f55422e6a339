// Codes of the link of a lead with its records.
import { REPUSH, type Entry } from './entry.ts';

export const LINK = {
  CREATION_OFF: {
    title: 'Creation in Salesforce is off',
    places: ['report'],
    outcomes: ['Skipped'],
    sentence: 'The lead has no record in Salesforce, and records are not created from Sellfire.',
    action: `Turn on Create Salesforce Records in the settings, or link the lead to a record. ${REPUSH}`,
  },
  LINK_ENDED: {
    title: 'No longer synced',
    places: ['report'],
    outcomes: ['Success', 'Skipped', 'Failed'],
    action: 'Undelete the record to sync the two again.',
    cases: {
      deleted: { sentence: 'Deleted in {side}; the other side keeps its record and is no longer synced.' },
      activity: {
        sentence: 'The lead is no longer synced, because one of the two records was deleted.',
        action: `Undelete it. ${REPUSH}`,
      },
      taskMade: {
        sentence:
          'The Task was made before one of the two records was deleted. What it did not get by then it does not get now.',
        action: `Undelete the record. ${REPUSH}`,
      },
      sale: {
        sentence: 'The lead is no longer synced, because one of the two records was deleted.',
        action: `Undelete it, or link the lead to another record by an import. ${REPUSH}`,
      },
      command: {
        sentence: 'One of the two records was deleted, so nothing is synced any more.',
        action: 'Undelete it, or link the lead to another record by an import.',
      },
    },
  },
  LINK_RESUMED: {
    title: 'Synced again',
    places: ['report'],
    outcomes: ['Success'],
    action: '',
    cases: {
      undeleted: { sentence: 'Undeleted in Salesforce: both sides are synced again.' },
      restored: { sentence: 'Restored in Sellfire: both sides are synced again.' },
    },
  },
  CONVERTED: {
    title: 'Lead converted',
    places: ['report'],
    outcomes: ['Success'],
    sentence: 'The Lead {id} was converted; the lead goes on with its Contact.',
    action: '',
  },
  CONVERTED_UNSEEN: {
    title: 'Converted into a hidden Contact',
    places: ['report'],
    outcomes: ['Failed'],
    sentence: 'The Lead {id} was converted, and the connected user cannot see into what.',
    action: 'Give the user read access to the Contact, then link the lead by an import.',
  },
  MERGED: {
    title: 'Record merged',
    places: ['report'],
    outcomes: ['Success'],
    sentence: 'The {object} {id} was merged into {master}; the lead goes on with that.',
    action: '',
  },
  ACCOUNT_DELETED: {
    title: 'Account deleted',
    places: ['report'],
    outcomes: ['Success'],
    sentence:
      'The Account was deleted; the lead goes on with its record. The next demo or sale connects an Account anew.',
    action: '',
  },
  TWO_LEADS_ONE_RECORD: {
    title: 'Two leads, one record',
    places: ['report'],
    outcomes: ['Failed'],
    sentence:
      'The Sellfire leads {mine} and {theirs} are one {object} in Salesforce now ({id}), which stays with {theirs}; {mine} is no longer synced.',
    action:
      'If they are one business, move what is worth keeping and delete {mine} in Sellfire; if not, undo it in Salesforce.',
  },
  RECORD_CLAIMED: {
    title: 'Record belongs to another lead',
    places: ['report', 'error'],
    outcomes: ['Failed'],
    sentence: 'Salesforce record {id} cannot be linked to lead {lead}: it is linked to lead {holder}.',
    action:
      'Merge the two leads in Sellfire, or delete the one that is not in use. The other is linked to the record as soon as it is free.',
  },
  RECORD_ID_INVALID: {
    title: 'No id of a record',
    places: ['report'],
    outcomes: ['Failed'],
    action: 'Correct the id in Sellfire, or remove it: the lead is linked, or its record created, then.',
    cases: {
      notAnId: { sentence: 'The lead carries "{text}" as the id of its {object}, which is no Salesforce id.' },
      otherObject: { sentence: 'The lead carries {id} as the id of its {object}, which is the id of: {other}.' },
      notThere: {
        sentence:
          'The lead carries {id} as the id of its {object}, which does not exist or is hidden from the connected user.',
      },
      deleted: {
        sentence: 'The lead carries {id} as the id of its {object}, which was deleted.',
        action: 'Undelete the record and use Sync now on it, or correct the id in Sellfire.',
      },
    },
  },
  LINKED_ALREADY: {
    title: 'Already connected',
    places: ['report'],
    outcomes: ['Failed'],
    sentence: 'The lead is connected to {present} already, so it was not connected to {id}.',
    action: 'Merge the two records in Salesforce, or delete the one that is not in use.',
  },
  NOT_CONNECTED: {
    title: 'Not connected to a record',
    places: ['report'],
    outcomes: ['Skipped'],
    sentence: 'The lead is connected to no Salesforce Lead or Contact that the Task could belong to.',
    action: `Link existing, or an import, connects it. ${REPUSH}`,
  },
  LEAD_GONE: {
    title: 'Lead deleted in Sellfire',
    places: ['report'],
    outcomes: ['Failed'],
    sentence: 'The lead was deleted in Sellfire.',
    action: 'Restore it there, then make the request again.',
  },
  RECORD_NOT_VISIBLE: {
    title: 'Record deleted or hidden',
    places: ['report'],
    outcomes: ['Failed'],
    sentence: 'The {object} {id} was deleted, or the connected user cannot see it.',
    action: 'Undelete it, or give the user access, then make the request again.',
  },
  NOTHING_TO_REPUSH: {
    title: 'Nothing to repush',
    places: ['report'],
    outcomes: ['Failed'],
    action: '',
    cases: {
      demo: { sentence: 'The sales cycle of that demo is over, and the present one has had none.' },
      saleOfSalesforce: { sentence: 'The sale was made in Salesforce, where it stands.' },
      sale: { sentence: 'The lead has no sale in Sellfire, so there is nothing to do again.' },
      activity: { sentence: 'The lead has no activity in Sellfire, so there is nothing to do again.' },
    },
  },
} as const satisfies Record<string, Entry>;
