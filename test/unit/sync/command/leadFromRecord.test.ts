// A record of which a request makes a lead, or finds the one that it has (M27, B6).
import { describe, expect, it } from '@jest/globals';
import type { Lead } from '../../../../bridge/model/lead.ts';
import type { Link } from '../../../../bridge/model/link.ts';
import type { Plan } from '../../../../bridge/model/plan.ts';
import { decide } from '../../../../bridge/sync/decide.ts';
import { settle } from '../../../../bridge/sync/settle.ts';
import { config, iso, LEAD_ID, sellfireChange, SOMEBODY, USUAL } from '../fixtures.ts';
import { AT, acme, RECORD, commandOf, foundOf, plan, linked, later } from './commands.ts';

describe('a record of which a request makes a lead', () => {
  it('is known as of when it was read, by the clock of Salesforce, whatever the clock of the bridge says (I18)', () => {
    const read = 2_000;
    const found = foundOf(null, { ...RECORD, Sellfire_Lead_Id__c: null });
    found.records.set(LEAD_ID, {
      createdAt: 1_000,
      at: read,
      user: SOMEBODY,
      fields: { ...RECORD, Sellfire_Lead_Id__c: null },
    });
    const { writes } = plan(commandOf({ kind: 'compare', create: true }, { leadId: null }), found);
    const [write] = writes;
    if (write?.kind !== 'createInSellfire') throw new Error('no lead is made');
    const { link } = settle(config(), undefined, [{ ok: true, write, lead: acme }], AT);
    expect(link?.fields['title']?.replicas['Lead.Title']).toMatchObject({ lastKnown: null, at: read });
    expect(link?.fields['last_name']?.replicas['Lead.LastName']).toMatchObject({ lastKnown: 'Stone' });
  });

  it('gives the lead what may be as old as the record, so that an edit in Sellfire is later, whatever the clocks say', () => {
    const found = foundOf(null, null);
    // Somebody has changed another field since, and Salesforce's clock is ahead.
    const fields = { ...RECORD, Sellfire_Lead_Id__c: null };
    found.records.set(LEAD_ID, { createdAt: 100, at: 60_000, user: SOMEBODY, fields });
    const [write] = plan(commandOf({ kind: 'compare', create: true }, { leadId: null }), found).writes;
    if (write?.kind !== 'createInSellfire') throw new Error('no lead is made');
    const { link } = settle(config(), undefined, [{ ok: true, write, lead: acme }], 60_000);
    const rock = later({ last_name: 'Rock' }, 2_000);
    const edit = sellfireChange('lead.updated', 2_000, rock, { last_name: { from: 'Stone', to: 'Rock' } });
    const decision = decide({ changes: [edit], link, config: config(), found, maybeApplied: false });
    if ('needs' in decision) throw new Error(`needs ${JSON.stringify(decision.needs)}`);
    expect(decision.plan.writes).toMatchObject([{ kind: 'updateInSalesforce', fields: { LastName: 'Rock' } }]);
  });

  it('that an interrupted attempt has made keeps what a rep entered since in a field that is blank in the record', () => {
    const salesforce = { lead_id: LEAD_ID, contact_id: null, account_id: null };
    const made = { ...later({ title: 'Owner' }, 1_500), salesforce };
    const found = foundOf(made, null);
    // Salesforce's clock is ahead.
    const read = { createdAt: AT, at: AT, user: SOMEBODY, fields: { ...RECORD, Sellfire_Lead_Id__c: null } };
    found.records.set(LEAD_ID, read);
    found.sellfireByRecord.set(LEAD_ID, made);
    const both = config(USUAL.map((one) => (one.sellfireField === 'title' ? { ...one, rule: 'TwoWay' } : one)));
    const { writes } = plan(
      commandOf({ kind: 'compare', create: true }, { leadId: null }),
      found,
      undefined,
      both,
      true,
    );
    expect(writes.map(({ kind }) => kind)).toEqual(['updateInSalesforce']);
    expect(writes).toMatchObject([{ fields: { Title: 'Owner', Sellfire_Lead_Id__c: 'lead_1' } }]);
  });
});

describe('a comparison of a Contact that a sale made for its lead', () => {
  const id = '003000000000001AAA';
  const compare = commandOf({ kind: 'compare', create: true }, { leadId: null, record: { object: 'Contact', id } });
  const made = (named: Lead | null, key = id, link?: Link): Plan => {
    const found = foundOf(named, RECORD);
    const fields = { Phone: '(512) 555-0123', LastName: 'Stone', Sellfire_Lead_Id__c: 'lead_1' };
    found.records.set(id, { createdAt: 1_000, at: AT, user: SOMEBODY, fields });
    found.sellfireByRecord.set(id, null);
    found.conversions.set(id, null);
    const decision = decide({ key, changes: [compare], link, config: config(), found, maybeApplied: false });
    if ('needs' in decision) throw new Error(`needs ${JSON.stringify(decision.needs)}`);
    return decision.plan;
  };

  it('makes no other lead, though that lead is linked to its Lead and has another number by now', () => {
    expect(made(acme).writes).toEqual([]);
  });

  it('makes one where that lead was deleted, and was linked to nothing', () => {
    const gone = { ...acme, deleted_at: iso(AT) };
    const asked = made(gone);
    expect(asked.writes).toEqual([]);
    expect(asked.rerouted).toEqual([{ eventId: compare.eventId, key: 'lead_1' }]);
    expect(made(gone, 'lead_1').writes).toMatchObject([{ kind: 'createInSellfire' }]);
  });

  it('makes none where that lead was deleted, and its link has ended', () => {
    const ended: Link = { ...linked(), ended: { by: 'sellfire', at: AT } };
    const { writes, reports } = made({ ...acme, deleted_at: iso(AT) }, 'lead_1', ended);
    expect(writes).toEqual([]);
    expect(reports).toMatchObject([{ code: 'LINK_ENDED', salesforceRecordId: id }]);
  });
});
