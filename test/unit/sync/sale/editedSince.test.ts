// An edit of a lead between two attempts of a demo or a sale is carried over, and no difference that stood as the two were linked (I15).
import { expect, it } from '@jest/globals';
import type { FoundRecord } from '../../../../bridge/model/plan.ts';
import type { SalesforceFields } from '../../../../bridge/model/salesforce.ts';
import { editedSince } from '../../../../bridge/sync/sale/editedSince.ts';
import { openDraft } from '../../../../bridge/sync/turn/draft.ts';
import { nothingFound } from '../../../../bridge/sync/turn/lookups.ts';
import { config, lead, mapping, US, USUAL } from '../fixtures.ts';

const settings = config([...USUAL, mapping('title', 'Contact.Title', 'TwoWay')]);
const PHONE = { primary_phone_number: '+15125550123' };
const fromEvent = lead('lead_1', { ...PHONE, title: 'Buyer' });
const now = lead('lead_1', { ...PHONE, title: 'Owner' });

function edited(fields: SalesforceFields | null, maybeApplied = true): string[] {
  const draft = { ...openDraft(settings, nothingFound(), undefined), maybeApplied };
  const contact: FoundRecord | null = fields && { createdAt: 2_000, at: 2_000, user: US, fields };
  return editedSince(draft, now, fromEvent, contact);
}

const OURS = { Sellfire_Lead_Id__c: 'lead_1', Phone: '(512) 555-0123' };

it('what the Contact of the attempt holds as the lead held it was edited since', () => {
  expect(edited({ ...OURS, Title: 'Buyer' })).toEqual(['title']);
});

it.each([
  ['holds another value', { ...OURS, Title: 'Clerk' }],
  ['holds what the lead has by now', { ...OURS, Title: 'Owner' }],
  ['is not known to hold the field', OURS],
  ['is none that the attempt gave the lead’s id', { ...OURS, Title: 'Buyer', Sellfire_Lead_Id__c: null }],
  ['is made by this attempt', null],
])('nothing was where the Contact %s', (_, fields) => {
  expect(edited(fields)).toEqual([]);
});

it('nothing was where there was no attempt before', () => {
  expect(edited({ ...OURS, Title: 'Buyer' }, false)).toEqual([]);
});
