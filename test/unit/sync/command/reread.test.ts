// What an event of Sellfire was about that was set aside is done with the present data, whatever else the link and the turn know by then.
import { describe, expect, it } from '@jest/globals';
import type { Change, CommandChange } from '../../../../bridge/model/change.ts';
import type { SyncConfig } from '../../../../bridge/model/config.ts';
import type { Lead } from '../../../../bridge/model/lead.ts';
import type { Link } from '../../../../bridge/model/link.ts';
import type { Found, FoundRecord, Plan } from '../../../../bridge/model/plan.ts';
import type { Report } from '../../../../bridge/model/report.ts';
import { decide } from '../../../../bridge/sync/decide.ts';
import { settle } from '../../../../bridge/sync/settle.ts';
import { nothingFound } from '../../../../bridge/sync/turn/lookups.ts';
import { acme, PHONE } from '../decideLead.ts';
import { answer, fields as saleFields, linked as soldTo, on, OTHER_SALE, SALE, sell } from '../sale/soldLead.ts';
import { config, CONTACT_ID, iso, lead, LEAD_ID, SOMEBODY, salesforceChange, sellfireChange } from '../fixtures.ts';

const AT = 50_000;
const changed = (fields: Lead['fields'], at = AT): Lead =>
  lead(
    'lead_1',
    { ...acme.fields, ...fields },
    { version: 5, changed_at: Object.fromEntries(Object.keys(fields).map((name) => [name, iso(at)])) },
  );
const rereadOf = (type: string): CommandChange => ({
  source: 'request',
  eventId: 'set-aside:evt_1',
  at: AT,
  leadId: 'lead_1',
  record: null,
  command: { kind: 'reread', type, sequence: 7, where: 'changes', subject: null },
});
const record = (fields: FoundRecord['fields'] = {}): FoundRecord => ({
  ...{ createdAt: 1_000, at: 1_000, user: SOMEBODY },
  fields: { Phone: PHONE, Company: 'Acme Plumbing', LastName: 'Stone', Phase__c: null, ...fields },
});
const bare: Link = { leadId: 'lead_1', revision: 1, record: { object: 'Lead', id: LEAD_ID }, fields: {} };

function foundOf(subject: Lead, inSalesforce: FoundRecord | null = record()): Found {
  const found = nothingFound();
  found.leads.set('lead_1', subject);
  found.records.set(LEAD_ID, inSalesforce);
  found.records.set(CONTACT_ID, record());
  found.salesforceByPhone.set(PHONE, []);
  found.recordStates.set(LEAD_ID, { state: 'deleted' });
  return found;
}

function plan(changes: Change[], found: Found, link?: Link, use: SyncConfig = config()): Plan {
  const decision = decide({ changes, link, config: use, found, maybeApplied: false });
  if ('needs' in decision) throw new Error(`needs ${JSON.stringify(decision.needs)}`);
  return decision.plan;
}

const phaseOf = ({ link }: Plan) => link?.fields['phase']?.replicas['sellfire']?.lastKnown;

describe('an event of Sellfire that was set aside', () => {
  it('of a new lead has the row of one that is held back, where creation is off', () => {
    const off = config(undefined, { createInSalesforce: false });
    const { reports } = plan([rereadOf('lead.created')], foundOf(acme), undefined, off);
    expect(reports).toMatchObject([{ code: 'EVENT_UNREADABLE' }, { code: 'CREATION_OFF', outcome: 'Skipped' }]);
  });

  it('carries over what an earlier comparison has only recorded', () => {
    const customer = changed({ phase: 'Customer' });
    const compare: CommandChange = {
      ...rereadOf(''),
      eventId: 'request:1',
      command: { kind: 'compare', create: false },
    };
    const compared = plan([compare], foundOf(customer), bare);
    expect(compared.writes).toEqual([]);
    expect(plan([rereadOf('sale.made')], foundOf(customer), compared.link).writes).toMatchObject([
      { kind: 'updateInSalesforce', fields: { Phase__c: 'Customer' } },
    ]);
  });

  it('is known to a link that has ended, or ends by it, for when it is resumed', () => {
    const customer = changed({ phase: 'Customer' });
    const ended: Link = { ...bare, ended: { by: 'salesforce', at: 9_000 } };
    expect(phaseOf(plan([rereadOf('sale.made')], foundOf(customer), ended))).toBe('Customer');
    const ends = plan([rereadOf('sale.made')], foundOf(customer, null), bare);
    expect(ends.link?.ended).toBeDefined();
    expect(phaseOf(ends)).toBe('Customer');
  });

  it('of a lead that is deleted by now ends the link as of then: an event from before does not restore it', () => {
    const found = foundOf({ ...acme, deleted_at: iso(AT + 5_000) });
    const before = sellfireChange('lead.updated', AT + 1_000, acme, { title: { from: null, to: 'x' } });
    const { link, reports } = plan([rereadOf('activity.logged'), before], found, bare);
    expect(link?.ended).toEqual({ by: 'sellfire', at: AT + 5_000 });
    expect(reports.map(({ code }) => code)).toEqual(['LINK_ENDED', 'EVENT_UNREADABLE']);
  });

  it('of a sale that an interrupted attempt made has the row of it, though the lead was deleted since (M31)', () => {
    const gone = lead('lead_1', { ...saleFields, phase: 'Customer' }, { deleted_at: iso(AT + 5_000) });
    const command = { kind: 'reread', type: 'sale.made', sequence: 7, where: 'changes', subject: SALE.id } as const;
    const rows = (maybeApplied: boolean): unknown[] => {
      const found = foundOf(gone);
      found.sales.set('lead_1', [SALE]);
      for (let round = 0; round < 6; round += 1) {
        const changes = [{ ...rereadOf('sale.made'), command }];
        const decision = decide({ changes, link: soldTo, config: on([]), found, maybeApplied });
        if ('plan' in decision) return decision.plan.reports.map(({ event, outcome, code }) => [event, outcome, code]);
        answer(decision, found, { present: ['lead_1:1', 'si_1', 'si_2'] });
      }
      throw new Error('no plan');
    };
    const ended = [
      ['LeadDeleted', 'Success', 'LINK_ENDED'],
      ['Sale', 'Failed', 'EVENT_UNREADABLE'],
    ];
    expect(rows(false)).toEqual(ended);
    expect(rows(true)).toEqual([...ended, ['Sale', 'Success', '']]);
  });

  it('reports an edit that lost once, where the event of that edit comes beside it (M31)', () => {
    const { link } = plan([salesforceChange('read', 1_000, record().fields)], foundOf(acme), bare);
    const edited = changed({ business_name: 'Sellfire says' });
    const ours = sellfireChange('lead.updated', AT, edited, {
      business_name: { from: 'Acme Plumbing', to: 'Sellfire says' },
    });
    const theirs = salesforceChange('update', AT + 3_000, { Company: 'Salesforce says' });
    const found = foundOf(edited, record({ Company: 'Salesforce says' }));
    const { reports } = plan([theirs, rereadOf('lead.painted'), ours], found, link);
    expect(reports.filter(({ code }) => code === 'OVERTAKEN')).toMatchObject([
      { changes: [{ before: 'Sellfire says', after: 'Salesforce says' }] },
    ]);
  });

  it('reports an edit that lost, and not once more at its event after the write that undid it (M31)', () => {
    const theirs = salesforceChange('update', AT + 3_000, { Company: 'Salesforce says' });
    const { link } = plan([theirs], foundOf(acme), bare);
    const edited = changed({ business_name: 'Sellfire says' });
    const read = plan([rereadOf('lead.painted')], foundOf(edited, record({ Company: 'Salesforce says' })), link);
    const overtaken = (reports: readonly Report[]): unknown[] => reports.filter(({ code }) => code === 'OVERTAKEN');
    expect(overtaken(read.reports)).toHaveLength(1);
    const write = read.writes.find((one) => one.kind === 'updateInSellfire');
    if (!write) throw new Error('nothing is undone');
    const undone = {
      ...edited,
      fields: { ...edited.fields, business_name: 'Salesforce says' },
      version: edited.version + 1,
    };
    const settled = settle(config(), read.link, [{ ok: true, write, lead: undone }], AT + 9_000);
    const ours = sellfireChange('lead.updated', AT, edited, {
      business_name: { from: 'Acme Plumbing', to: 'Sellfire says' },
    });
    expect(overtaken(plan([ours], foundOf(undone), settled.link).reports)).toEqual([]);
  });

  it('is reported by the next turn, where this one writes another sale of the lead (M31)', () => {
    const other: CommandChange = {
      ...rereadOf('sale.made'),
      command: { kind: 'reread', type: 'sale.made', sequence: 7, where: 'changes', subject: OTHER_SALE.id },
    };
    const { deferred, reports } = sell(on([]), { after: [other] });
    expect(deferred).toEqual(['set-aside:evt_1']);
    expect(reports).toEqual([]);
  });

  it('is done by the next turn, with one row, where the link moves', () => {
    const converted = record({ IsConverted: true, ConvertedContactId: CONTACT_ID, ConvertedAccountId: null });
    const found = foundOf(changed({ last_name: 'Sand' }), converted);
    found.sellfireByRecord.set(CONTACT_ID, null);
    const known = sellfireChange('lead.updated', 2_000, acme, { title: { from: null, to: 'x' } });
    const { link } = plan([known], foundOf(acme), bare);
    const moves = plan([rereadOf('lead.updated')], found, link);
    expect(moves).toMatchObject({ link: { record: { id: CONTACT_ID } }, deferred: ['set-aside:evt_1'] });
    expect(moves.reports.map(({ code }) => code)).toEqual(['CONVERTED']);
    const next = plan([rereadOf('lead.updated')], found, moves.link);
    expect(next.deferred).toEqual([]);
    expect(next.reports.map(({ code }) => code)).toEqual(['EVENT_UNREADABLE']);
  });
});
