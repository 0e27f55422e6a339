// A sale writes what its lead holds, and what an edit of Salesforce is about to make it hold (M4, I12).
import { expect, it } from '@jest/globals';
import type { Link } from '../../../../bridge/model/link.ts';
import { emptyState, withReplica } from '../../../../bridge/sync/values/register.ts';
import { mapping } from '../fixtures.ts';
import { linked, of, on, sell } from './soldLead.ts';

/** Somebody has renamed the linked Contact, which Sellfire is yet to hear. */
const renamed: Link = {
  ...linked,
  fields: {
    last_name: {
      ...withReplica(emptyState(), 'sellfire', { lastKnown: 'Stone', targetVersion: 2, delivered: 1, confirmed: 1 }),
      register: { value: 'Rock', at: 9_500, by: 'salesforce', version: 2 },
    },
  },
};

it('a sale does not write the name before it over an edit of the Contact, where updates in Salesforce are off', () => {
  const lastName = mapping('last_name', 'Contact.LastName', 'TwoWay', { triggers: ['createUpdate', 'sale'] });
  const settings = on([lastName], { settings: { updateInSalesforce: false } });
  const written = (link: Link): unknown => of(sell(settings, { link }), 'Contact')[0]?.fields['LastName'];
  expect(written(linked)).toBe('Stone');
  expect(written(renamed)).toBe('Rock');
});

it('nor the name that the Contact is known to hold, over an edit that nobody has heard of yet', () => {
  const lastName = mapping('last_name', 'Contact.LastName', 'TwoWay', { triggers: ['createUpdate', 'sale'] });
  const settings = on([lastName], { settings: { updateInSalesforce: false } });
  const known: Link = {
    ...linked,
    fields: { last_name: withReplica(emptyState(), 'Contact.LastName', { lastKnown: 'Stone' }) },
  };
  expect(of(sell(settings, { link: known }), 'Contact')).toEqual([]);
});

it('nor, made again after an interrupted attempt, over an edit of the Contact that the attempt made', () => {
  const settings = on([], { settings: { updateInSalesforce: false } });
  const written = (present: string[]): unknown[] =>
    of(sell(settings, { link: null, maybeApplied: true, answers: { present } }), 'Contact');
  // Its key is the lead’s id.
  expect(written(['lead_1'])).toEqual([]);
  expect(written([])).toMatchObject([{ op: { kind: 'upsert' }, fields: { LastName: 'Stone' } }]);
});
