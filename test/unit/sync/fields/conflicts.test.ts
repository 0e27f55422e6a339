// Values that are edited on both sides, echoed, late or repeated: one decision over the changes of one lead.
import { describe, expect, it } from '@jest/globals';
import { eventIdOfMove, type Change } from '../../../../bridge/model/change.ts';
import type { Link } from '../../../../bridge/model/link.ts';
import type { Found, Outcome, Plan, Write } from '../../../../bridge/model/plan.ts';
import { nothingFound } from '../../../../bridge/sync/turn/lookups.ts';
import { settle } from '../../../../bridge/sync/settle.ts';
import { salesforceField, salesforceObject, sellfireField } from '../../../helpers/fields.ts';
import {
  config,
  created,
  iso,
  lead,
  LEAD_ID,
  mapping,
  salesforceChange,
  sellfireChange,
  US,
  USUAL,
} from '../fixtures.ts';
import { PHONE, acme, free, plan, linked, linkOf } from '../decideLead.ts';

describe('echoes and conflicts (I3, I12–I16)', () => {
  it('an echo of our own write changes nothing, whatever its origin header says', () => {
    const [write] = plan([created(acme)], { found: free() }).writes;
    if (write?.kind !== 'createInSalesforce') throw new Error('no creation');
    for (const user of [US, '005000000000002AAA']) {
      const echo = salesforceChange('create', 4_000, { ...write.fields, Sellfire_Lead_Id__c: 'lead_1' }, { user });
      expect(plan([echo], { link: linked() })).toMatchObject({ writes: [], reports: [] });
    }
  });

  it('a value that the event of our own creation does not name is read: an automation may have blanked it (F29)', () => {
    const [write] = plan([created(acme)], { found: free() }).writes;
    if (write?.kind !== 'createInSalesforce') throw new Error('no creation');
    const { LastName: _, ...named } = write.fields;
    const echo = salesforceChange('create', 4_000, { ...named, Sellfire_Lead_Id__c: 'lead_1' }, { user: US });
    const read = (value: string | null) => {
      const record = { createdAt: 4_000, at: 4_000, user: US, fields: { ...write.fields, LastName: value } };
      return plan([echo], { link: linked(), found: { ...nothingFound(), records: new Map([[LEAD_ID, record]]) } });
    };
    expect(read('Stone').writes).toEqual([]);
    expect(read(null).writes).toMatchObject([{ kind: 'updateInSellfire', fields: { last_name: null } }]);
    // What somebody else creates names no value of ours.
    expect(plan([{ ...echo, user: '005000000000002AAA' }], { link: linked() }).writes).toEqual([]);
  });

  it('an edit between two writes of the record is a person’s, and no automation’s, though the bridge wrote to the record last', () => {
    const named = { ...acme, salesforce: { lead_id: LEAD_ID, contact_id: null, account_id: null } };
    const state: Write = {
      ...{ kind: 'updateInSalesforce', object: 'Lead', id: LEAD_ID, fields: {}, deliveries: [] },
      state: { Sellfire_Sync_State__c: 'InSync' },
    };
    const after = settle(config(), linked(), [{ ok: true, write: state }], 2_000);
    const fields = { LastName: 'Rock', Phone: PHONE, Company: 'Acme Plumbing', Phase__c: 'ColdCallCold' };
    const record = { createdAt: 0, at: 0, user: US, fields };
    const found = { ...nothingFound(), records: new Map([[LEAD_ID, record]]), leads: new Map([['lead_1', named]]) };
    // Salesforce’s clock is behind, so that the edit is the earlier one.
    const { writes } = plan([salesforceChange('gap', 900, {})], { link: linkOf(after), found });
    expect(writes).toMatchObject([{ kind: 'updateInSalesforce', fields: { LastName: 'Stone' } }]);
  });

  it('an earlier edit is overwritten, where the event of the write that overtook it was a gap', () => {
    const renamed = { business_name: { from: 'Acme Plumbing', to: 'Sellfire says' } };
    const ours = plan([sellfireChange('lead.updated', 7_000, acme, renamed)], { link: linked() });
    const settled = settle(config(), ours.link, [{ ok: true, write: ours.writes[0] as Write }], 7_000);
    const fields = { Company: 'Sellfire says', Phone: PHONE, LastName: 'Stone', Phase__c: 'ColdCallCold' };
    const record = { createdAt: 0, at: 6_100, user: US, fields };
    const found = { ...nothingFound(), records: new Map([[LEAD_ID, record]]) };
    // Salesforce’s clock is behind.
    const theirs = salesforceChange('update', 6_500, { Company: 'Salesforce says' });
    const after = (changes: Change[]): unknown => {
      const { link } = changes.length > 0 ? plan(changes, { link: linkOf(settled), found }) : settled;
      return plan([theirs], { link: linkOf({ link }) }).writes;
    };
    expect(after([salesforceChange('gap', 6_100, {})])).toMatchObject([{ fields: { Company: 'Sellfire says' } }]);
    // The bridge's own read after a move stands for no event.
    expect(after([salesforceChange('gap', 6_100, {}, { eventId: eventIdOfMove(LEAD_ID, 0) })])).toEqual([]);
    // The event of the write says what stands there.
    expect(after([])).toEqual([]);
  });

  it('an edit that a write replaced before its event came is no value that stands: nothing is written again, and rows say what stood there', () => {
    const to = (from: string, value: string, at: number): Change =>
      sellfireChange('lead.updated', at, acme, { business_name: { from, to: value } });
    const wrote = (changes: Change[], link: Link): Link => {
      const made = plan(changes, { link });
      return {
        ...linkOf(settle(config(), made.link, [{ ok: true, write: made.writes[0] as Write }], 7_000)),
        revision: 2,
      };
    };
    const first = wrote([to('Acme Plumbing', 'First', 7_000)], linked());
    const theirs = salesforceChange('update', 6_500, { Company: 'Salesforce says' });
    // Sellfire comes back to the value whose write is in flight.
    const back = [to('First', 'Second', 7_100), to('Second', 'First', 7_200)];
    expect(plan([...back, theirs], { link: first }).writes).toEqual([]);
    expect(plan([theirs, ...back], { link: first }).writes).toEqual([]);
    expect(plan([theirs], { link: wrote([to('First', 'Second', 7_100)], first) }).writes).toEqual([]);
    expect(plan([theirs, to('First', 'Second', 7_100)], { link: first }).writes).toMatchObject([
      { deliveries: [{ before: 'First', value: 'Second' }] },
    ]);
  });

  it('an earlier edit is overwritten by nothing, where the record was read after its event had come and holds the value of the lead', () => {
    const renamed = { business_name: { from: 'Acme Plumbing', to: 'Sellfire says' } };
    const ours = plan([sellfireChange('lead.updated', 7_000, acme, renamed)], { link: linked() });
    const settled = settle(config(), ours.link, [{ ok: true, write: ours.writes[0] as Write }], 7_000);
    const fields = { Company: 'Sellfire says', Phone: PHONE, LastName: 'Stone', Phase__c: 'ColdCallCold' };
    const record = { createdAt: 0, at: 6_500, user: US, fields };
    const found = { ...nothingFound(), records: new Map([[LEAD_ID, record]]) };
    const edit = salesforceChange('update', 6_500, { Company: 'Salesforce says' });
    const { writes } = plan([salesforceChange('gap', 6_100, {}), edit], { link: linkOf(settled), found });
    expect(writes).toEqual([]);
  });

  it('an edit that a sale wrote over unheard is put back, also where updates in Salesforce are off; nothing of Sellfire is', () => {
    const off = config(undefined, { updateInSalesforce: false });
    const edits = {
      salesforce: salesforceChange('update', 6_000, { Company: 'Edited' }),
      sellfire: sellfireChange('lead.updated', 6_000, acme, { business_name: { from: 'Acme Plumbing', to: 'Edited' } }),
    };
    const sold = salesforceChange('update', 6_100, { Company: 'Acme Plumbing' }, { user: US });
    const written = (edit: Change): unknown =>
      plan([edit, sold], { link: linked(), config: off }).writes.filter(({ kind }) => kind === 'updateInSalesforce');
    expect(written(edits.salesforce)).toMatchObject([{ fields: { Company: 'Edited' } }]);
    expect(written(edits.sellfire)).toEqual([]);
  });

  it('an edit that an earlier write of the bridge replaced is put back, also where updates in Sellfire are off by then; nothing of Salesforce is', () => {
    const off = config(undefined, { updateInSellfire: false });
    const theirs = salesforceChange('update', 5_000, { Company: 'Salesforce says' });
    const ours = plan([theirs], { link: linked() });
    const after = linkOf(settle(config(), ours.link, [{ ok: true, write: ours.writes[0] as Write }], 5_000));
    const edits = {
      sellfire: sellfireChange('lead.updated', 6_000, acme, { business_name: { from: 'Acme Plumbing', to: 'Edited' } }),
      salesforce: salesforceChange('update', 6_000, { Company: 'Edited' }),
    };
    const written = { business_name: { from: 'Edited', to: 'Salesforce says' } };
    const echo = sellfireChange('lead.updated', 6_100, acme, written, 'api');
    const writes = (edit: Change): unknown =>
      plan([edit, echo], { link: after, config: off }).writes.filter(({ kind }) => kind === 'updateInSellfire');
    expect(writes(edits.sellfire)).toMatchObject([{ fields: { business_name: 'Edited' } }]);
    expect(writes(edits.salesforce)).toEqual([]);
  });

  it('another format of the same phone is not a change', () => {
    expect(plan([salesforceChange('update', 4_000, { Phone: '512.555.0123' })], { link: linked() }).writes).toEqual([]);
  });

  it('edits on both sides before either is delivered converge on the later one, and the loser is reported', () => {
    const theirs = salesforceChange('update', 6_000, { Company: 'Salesforce says' });
    const ours = sellfireChange('lead.updated', 7_000, acme, {
      business_name: { from: 'Acme Plumbing', to: 'Sellfire says' },
    });
    for (const order of [
      [theirs, ours],
      [ours, theirs],
    ]) {
      const { writes, link } = plan(order, { link: linked() });
      expect(writes).toMatchObject([{ kind: 'updateInSalesforce', fields: { Company: 'Sellfire says' } }]);
      expect(link?.fields['business_name']?.register?.value).toBe('Sellfire says');
    }
    const { reports } = plan([ours, theirs], { link: linked() });
    expect(reports).toMatchObject([
      { code: 'OVERTAKEN', changes: [{ before: 'Salesforce says', after: 'Sellfire says' }] },
    ]);
  });

  it('a box that nobody has ticked in Sellfire has no edit: one that is ticked in Salesforce wins, whatever the clocks say', () => {
    const base = config([...USUAL, mapping('do_not_call', 'Lead.DoNotCall')]);
    const { Lead, ...objects } = base.objects;
    const box = salesforceField('DoNotCall', 'boolean');
    const boxed = {
      ...base,
      objects: { ...objects, Lead: salesforceObject('Lead', [...Object.values(Lead?.fields ?? {}), box]) },
      catalogue: [...base.catalogue, sellfireField('do_not_call', 'checkbox')],
    };
    const subject = { ...acme, fields: { ...acme.fields, do_not_call: false } };
    const made = plan([created(subject, 50_000)], { found: free(), config: boxed });
    const [write] = made.writes as [Write];
    const { link } = settle(boxed, made.link, [{ ok: true, write, id: LEAD_ID }], 50_000);
    const { writes } = plan([salesforceChange('update', 4_000, { DoNotCall: true })], {
      link: linkOf({ link }),
      config: boxed,
    });
    expect(writes).toMatchObject([{ kind: 'updateInSellfire', fields: { do_not_call: true } }]);
  });

  it('a tie goes to Salesforce', () => {
    const theirs = salesforceChange('update', 6_000, { Company: 'Salesforce says' });
    const ours = sellfireChange('lead.updated', 6_000, acme, { business_name: { from: null, to: 'Sellfire says' } });
    for (const order of [
      [theirs, ours],
      [ours, theirs],
    ]) {
      expect(plan(order, { link: linked() }).writes).toMatchObject([
        { kind: 'updateInSellfire', fields: { business_name: 'Salesforce says' } },
      ]);
    }
  });

  it('a late event reverts nothing', () => {
    const newer = plan([salesforceChange('update', 8_000, { Company: 'Newer' })], { link: linked() });
    expect(
      plan([salesforceChange('update', 7_000, { Company: 'Older' })], { link: linkOf(newer) }).link?.fields[
        'business_name'
      ]?.register?.value,
    ).toBe('Newer');
  });

  it('what Sellfire’s own rules made of a written value is not taken for what was written', () => {
    const theirs = plan([salesforceChange('update', 6_000, { Company: 'acme gmbh' })], { link: linked() });
    const present = lead(
      'lead_1',
      { ...acme.fields, business_name: 'Acme Plumbing' },
      { changed_at: { business_name: iso(6_500) } },
    );
    const [write] = theirs.writes as [Write];
    const { link } = settle(config(), theirs.link, [{ ok: true, write, id: LEAD_ID, lead: present }], 6_000);
    // Sellfire put back the name that stood there: the event of our write says so.
    const event = sellfireChange(
      'lead.updated',
      6_500,
      present,
      { business_name: { from: 'acme gmbh', to: 'Acme Plumbing' } },
      'api',
    );
    expect(plan([event], { link: linkOf({ link }) }).writes).toMatchObject([
      { kind: 'updateInSalesforce', fields: { Company: 'Acme Plumbing' } },
    ]);
  });

  it('two automations that keep rewriting one field are stopped, and reported once', () => {
    let link: Link | undefined = linked();
    let writes = 0;
    const codes: string[] = [];
    for (let turn = 0; turn < 40; turn += 1) {
      const at = 10_000 + turn * 500;
      const change: Change =
        turn % 2 === 0
          ? salesforceChange('update', at, { Company: `flow ${turn}` })
          : sellfireChange('lead.updated', at, acme, { business_name: { from: null, to: `automation ${turn}` } });
      const next: Plan = plan([change], { link: linkOf({ link }) });
      const outcomes: Outcome[] = next.writes.map((write) => ({ ok: true, write, id: LEAD_ID }));
      link = settle(config(), next.link, outcomes, at).link;
      writes += next.writes.length;
      codes.push(...next.reports.map(({ code }) => code));
    }
    expect(writes).toBeLessThan(12);
    expect(codes).toEqual(['BOUNCING']);
    const calm = plan([salesforceChange('update', 10_000_000, { Company: 'By hand' })], { link: linkOf({ link }) });
    expect(calm.writes).toMatchObject([{ kind: 'updateInSellfire', fields: { business_name: 'By hand' } }]);
  });

  it('after an attempt of unknown outcome both sides are read first, and a person’s later edit is not overwritten', () => {
    const ours = sellfireChange('lead.updated', 6_000, acme, { business_name: { from: null, to: 'Sellfire says' } });
    const now = lead(
      'lead_1',
      { ...acme.fields, business_name: 'Sellfire says' },
      {
        changed_at: { business_name: iso(6_000) },
        salesforce: { lead_id: LEAD_ID, contact_id: null, account_id: null },
      },
    );
    const edited = {
      createdAt: 1_000,
      at: 8_000,
      user: '005000000000002AAA',
      fields: { Company: 'A person says', Phone: PHONE, LastName: 'Stone' },
    };
    const found: Found = {
      ...nothingFound(),
      leads: new Map([['lead_1', now]]),
      records: new Map([[LEAD_ID, edited]]),
    };
    const { writes, link } = plan([ours], { link: linked(), found, maybeApplied: true });
    expect(writes).toEqual([]);
    const event = salesforceChange('update', 8_000, { Company: 'A person says' });
    expect(plan([event], { link: linkOf({ link }) }).writes).toMatchObject([
      { kind: 'updateInSellfire', fields: { business_name: 'A person says' } },
    ]);
  });
});

describe('late and duplicate events', () => {
  it('a record that existed before is not created in Sellfire, however it is read', () => {
    const fields = { Phone: PHONE, Company: 'Acme Plumbing', LastName: 'Stone' };
    expect(plan([salesforceChange('read', 5_000, fields)]).writes).toEqual([]);
    const old = { createdAt: 1_000, at: 4_000_000, user: US, fields };
    const found = { ...nothingFound(), records: new Map([[LEAD_ID, old]]) };
    expect(plan([salesforceChange('gap', 4_000_000, {})], { found }).writes).toEqual([]);
  });

  it('an edit that a write of the bridge overwrote is reported', () => {
    const theirs = plan([salesforceChange('update', 6_000, { Company: 'Salesforce says' })], { link: linked() });
    const write = theirs.writes[0] as Write;
    const now = lead(
      'lead_1',
      { ...acme.fields, business_name: 'Salesforce says' },
      { changed_at: { business_name: iso(6_050) } },
    );
    const settled = settle(config(), theirs.link, [{ ok: true, write, lead: now }], 6_000);
    const ours = sellfireChange('lead.updated', 5_900, acme, {
      business_name: { from: 'Acme Plumbing', to: 'Sellfire says' },
    });
    const { writes, reports } = plan([ours], { link: linkOf(settled) });
    expect(writes).toEqual([]);
    expect(reports).toMatchObject([
      { code: 'OVERTAKEN', changes: [{ before: 'Sellfire says', after: 'Salesforce says' }] },
    ]);
  });

  it('a creation whose event arrives before it settles still delivers the values that the record lacks', () => {
    const ids = { lead_id: LEAD_ID, contact_id: null, account_id: null };
    const made = lead('lead_1', acme.fields, { salesforce: ids });
    const present = {
      Phone: '(512) 555-0123',
      Company: 'Acme Plumbing',
      LastName: 'Stone',
      Phase__c: null,
      Sellfire_Lead_Id__c: null,
    };
    const record = { createdAt: 900, at: 900, user: '005000000000002AAA', fields: present };
    const found = { ...nothingFound(), records: new Map([[LEAD_ID, record]]) };
    const { writes, link } = plan([created(made, 1_000, 'api')], { found });
    expect(link?.record).toEqual({ object: 'Lead', id: LEAD_ID });
    expect(writes).toMatchObject([
      { kind: 'updateInSalesforce', fields: { Sellfire_Lead_Id__c: 'lead_1', Phase__c: 'ColdCallCold' } },
    ]);
    expect(writes[0]).not.toHaveProperty('fields.Company');
  });
});
