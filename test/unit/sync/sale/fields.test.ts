// A sale writes what its lead holds, and what an edit of Salesforce is about to make it hold (M4, I12).
import { expect, it } from '@jest/globals';
import type { Fault } from '../../../../bridge/model/fault.ts';
import type { Link } from '../../../../bridge/model/link.ts';
import type { FieldMapping } from '../../../../bridge/model/mapping.ts';
import { settle } from '../../../../bridge/sync/settle.ts';
import { emptyState, withReplica } from '../../../../bridge/sync/values/register.ts';
import { config, CONTACT_ID, LEAD_ID, mapping } from '../fixtures.ts';
import { fields, linked, of, on, onSale, PHONE, SALE, sell } from './soldLead.ts';

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

it('a person of the sale who has the name of the lead is the lead, and one with the name before an edit of the Contact is not (M24)', () => {
  const made = (link: Link, last_name: string): unknown[] => {
    const associated_contacts = [{ first_name: null, last_name, phone_number: PHONE }];
    const people = of(sell(on([]), { link, sale: { ...SALE, associated_contacts } }), 'Contact');
    return people.map((one) => one.fields['LastName']);
  };
  expect(made(linked, 'Stone')).toEqual([]);
  expect(made(renamed, 'Rock')).toEqual([]);
  expect(made(renamed, 'Stone')).toEqual(['Stone']);
});

it('where the link stays with the Lead, the lead’s Contact gets the name of now, and so a person with the name of the edit is another one (M20, M24)', () => {
  const settings = on([], { settings: { connectionUpdate: false } });
  const link: Link = { ...renamed, record: { object: 'Lead', id: LEAD_ID } };
  const made = (last_name: string): unknown[] => {
    const associated_contacts = [{ first_name: null, last_name, phone_number: PHONE }];
    const people = of(sell(settings, { link, sale: { ...SALE, associated_contacts } }), 'Contact');
    return people.map((one) => one.fields['LastName']);
  };
  expect(made('Stone')).toEqual(['Stone']);
  expect(made('Rock')).toEqual(['Stone', 'Rock']);
});

it('a sale does not write the name that the Contact is known to hold, over an edit that nobody has heard of yet', () => {
  const lastName = mapping('last_name', 'Contact.LastName', 'TwoWay', { triggers: ['createUpdate', 'sale'] });
  const settings = on([lastName], { settings: { updateInSalesforce: false } });
  const known: Link = {
    ...linked,
    fields: { last_name: withReplica(emptyState(), 'Contact.LastName', { lastKnown: 'Stone' }) },
  };
  expect(of(sell(settings, { link: known }), 'Contact')).toEqual([]);
});

it('nor a number or an owner in whose place stands one that Sellfire refused', () => {
  const { ownedRepId } = config().names;
  const lines = [
    mapping('primary_phone_number', 'Contact.Phone', 'TwoWay', { triggers: ['createUpdate', 'sale'] }),
    mapping('owned_rep_id', `Contact.${ownedRepId}`, 'TwoWay', { triggers: ['createUpdate', 'sale'] }),
  ];
  const settings = on(lines, { settings: { updateInSalesforce: false } });
  const owned = { ...fields, owned_rep_id: 'rep_1' };
  const register = { value: '+14045550111', at: 9_500, by: 'salesforce', version: 2 } as const;
  const known = withReplica(emptyState(), 'Contact.Phone', { lastKnown: register.value });
  const refusedAt = (version: number): Link => ({
    ...linked,
    fields: {
      primary_phone_number: {
        ...withReplica(known, 'sellfire', { refused: { version, code: 'PHONE_EXISTS' } }),
        register,
      },
    },
    ownerDiffers: { salesforce: 'rep_2', sellfire: 'rep_1', at: 9_500 },
  });
  const { ownerDiffers: _, ...agreed } = refusedAt(1);
  const written = (link: Link): unknown => of(sell(settings, { link, lead: owned }), 'Contact')[0]?.fields;
  expect(written(refusedAt(2))).toBeUndefined();
  expect(written(agreed)).toEqual({ Phone: PHONE, [ownedRepId]: 'rep_1' });
});

it('nor, made again after an interrupted attempt, over an edit of the Contact that the attempt made', () => {
  const settings = on([], { settings: { updateInSalesforce: false } });
  const written = (present: string[]): unknown[] =>
    of(sell(settings, { link: null, maybeApplied: true, answers: { present } }), 'Contact');
  // Its key is the lead’s id.
  expect(written(['lead_1'])).toEqual([]);
  expect(written([])).toMatchObject([{ op: { kind: 'upsert' }, fields: { LastName: 'Stone' } }]);
});

it('nor where Sellfire names that Contact by now, of which nothing is known yet', () => {
  const lastName = mapping('last_name', 'Contact.LastName', 'TwoWay', { triggers: ['createUpdate', 'sale'] });
  const settings = on([lastName], { settings: { updateInSalesforce: false } });
  const written = (id: string): unknown[] => {
    const link: Link = { ...linked, record: { object: 'Contact', id } };
    return of(sell(settings, { link, maybeApplied: true, answers: { present: ['lead_1'] } }), 'Contact');
  };
  expect(written('lead_1')).toEqual([]);
  expect(written(CONTACT_ID)).toMatchObject([{ fields: { LastName: 'Stone' } }]);
});

it('the row of a linked record’s fields says of which sale they are, also where the sale is held up, so that its repush does that one (M4, M27)', () => {
  const settings = on([onSale('sale', 'sale_notes', 'Contact.Title')]);
  const { writes, reports } = sell(settings, { lead: { ...fields, business_name: '' } });
  expect(reports).toMatchObject([{ event: 'Sale', code: 'REQUIRED_EMPTY', sellfireRecordId: 'sale_1' }]);
  const [write] = writes;
  if (!write) throw new Error('nothing is written');
  const fault: Fault = { class: 'record', code: 'RULE', message: 'Never.', fields: ['Title'], unknownOutcome: false };
  for (const outcome of [{ ok: true, write, id: CONTACT_ID } as const, { ok: false, write, fault } as const])
    expect(settle(settings, linked, [outcome], 9_000).reports).toMatchObject([
      { event: 'Sale', sellfireRecordId: 'sale_1' },
    ]);
});

it('a sale writes what the lead holds where an edit was of a field that the linked Contact does not have: it reaches nobody (M4)', () => {
  const register = { value: 'Owner', at: 9_500, by: 'salesforce', version: 1 } as const;
  const title = { ...withReplica(emptyState(), 'sellfire', { targetVersion: 1 }), register };
  const sold = mapping('title', 'Contact.Email', 'AlwaysSellfire', { triggers: ['sale'] });
  const written = (...lines: FieldMapping[]): unknown =>
    of(sell(on([sold, ...lines]), { link: { ...linked, fields: { title } } }), 'Contact')[0]?.fields;
  expect(written()).toBeUndefined();
  expect(written(mapping('title', 'Contact.Title', 'TwoWay'))).toEqual({ Email: 'Owner' });
});

it('makes a Contact with an edit of the Lead that is on its way to the lead, where the link goes on with that Contact (M4, M20)', () => {
  const register = { value: 'Rock', at: 9_500, by: 'salesforce', version: 2 } as const;
  const sellfire = { targetVersion: 2, delivered: 1, confirmed: 1, lastKnown: 'Stone' };
  const fields = { last_name: { ...withReplica(emptyState(), 'sellfire', sellfire), register } };
  const link: Link = { leadId: 'lead_1', revision: 3, record: { object: 'Lead', id: LEAD_ID }, fields };
  const lines = ['Lead', 'Contact'].map((object) => mapping('last_name', `${object}.LastName`, 'TwoWay'));
  const made = (connectionUpdate: boolean): unknown =>
    of(sell(on(lines, { settings: { connectionUpdate } }), { link }), 'Contact')[0]?.fields;
  expect(made(true)).toMatchObject({ LastName: 'Rock' });
  expect(made(false)).toMatchObject({ LastName: 'Stone' });
});
