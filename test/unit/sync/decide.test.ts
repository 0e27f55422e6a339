// The core decides by the rules of the specification: creations (M17, M18), values (M5, M10), refusals (M14, M15).
import { describe, expect, it } from '@jest/globals';
import type { Change } from '../../../bridge/model/change.ts';
import type { SyncConfig } from '../../../bridge/model/config.ts';
import type { Link } from '../../../bridge/model/link.ts';
import type { Found, Outcome, Plan, Write } from '../../../bridge/model/plan.ts';
import { decide } from '../../../bridge/sync/decide.ts';
import { nothingFound } from '../../../bridge/sync/turn/lookups.ts';
import { settle } from '../../../bridge/sync/settle.ts';
import {
  config,
  created,
  CONTACT_ID,
  iso,
  lead,
  LEAD_ID,
  mapping,
  salesforceChange,
  sellfireChange,
  US,
  USUAL,
} from './fixtures.ts';

const PHONE = '+15125550123';
const acme = lead('lead_1', { primary_phone_number: PHONE, business_name: 'Acme Plumbing', last_name: 'Stone' });
const HELD = { phones: { Phone: '(512) 555-0123' }, country: null };
const free = (): Found => ({ ...nothingFound(), salesforceByPhone: new Map([[PHONE, []]]) });

function plan(
  changes: Change[],
  options: { link?: Link; found?: Found; config?: SyncConfig; maybeApplied?: boolean } = {},
): Plan {
  const decision = decide({
    changes,
    link: options.link,
    found: options.found ?? nothingFound(),
    config: options.config ?? config(),
    maybeApplied: options.maybeApplied ?? false,
  });
  if ('needs' in decision) throw new Error(`needs ${JSON.stringify(decision.needs)}`);
  return decision.plan;
}

/** The link of a lead that was created in Sellfire, then in Salesforce. */
function linked(overrides: Partial<Link> = {}): Link {
  const made = plan([created(acme)], { found: free() });
  const [write] = made.writes as [Write];
  const { link } = settle(config(), made.link, [{ ok: true, write, id: LEAD_ID }], 1_000);
  if (!link) throw new Error('no link');
  return { ...link, ...overrides };
}

function linkOf(made: { link?: Link | undefined }): Link {
  if (!made.link) throw new Error('no link');
  return made.link;
}

describe('a lead created in Sellfire (M17)', () => {
  it('looks up its phone before anything else', () => {
    expect(
      decide({
        changes: [created(acme)],
        link: undefined,
        found: nothingFound(),
        config: config(),
        maybeApplied: false,
      }),
    ).toEqual({
      needs: expect.objectContaining({ salesforceByPhone: [PHONE] }),
    });
  });

  it('becomes a Lead with every field that is mapped towards Salesforce', () => {
    const [write] = plan([created(acme)], { found: free() }).writes;
    expect(write).toMatchObject({
      kind: 'createInSalesforce',
      object: 'Lead',
      leadId: 'lead_1',
      fields: { Phone: PHONE, Company: 'Acme Plumbing', LastName: 'Stone', Phase__c: 'ColdCallCold' },
    });
    expect(write).not.toHaveProperty('fields.Title');
  });

  it('is connected with the Lead of an interrupted attempt where its phone and its phase have changed since', () => {
    const renumbered = { ...acme.fields, primary_phone_number: '+15125550199', phase: 'HeldPhase' };
    const held = lead('lead_1', renumbered, { version: 2 });
    const changes = [
      created(acme),
      sellfireChange('demo.set', 2_000, held, { phase: { from: 'ColdCallDM', to: 'HeldPhase' } }),
    ];
    const question = { changes, link: undefined, config: config(), maybeApplied: true };
    const found = {
      ...nothingFound(),
      salesforceByPhone: new Map([['+15125550199', []]]),
      leads: new Map([['lead_1', held]]),
    };
    const { names } = config();
    expect(decide({ ...question, found })).toMatchObject({
      needs: {
        sale: { keyed: ['Contact', 'Lead'].map((object) => ({ object, field: names.leadId, key: 'lead_1' })) },
      },
    });
    const keyed = new Map([['Contact lead_1', null as string | null]]);
    const resumed = decide({
      ...question,
      found: { ...found, sale: { ...found.sale, keyed: keyed.set('Lead lead_1', LEAD_ID) } },
    });
    expect(JSON.stringify(resumed)).not.toContain('createInSalesforce');
    // Without a record of an earlier attempt, the Contact is made.
    const none = decide({
      ...question,
      found: { ...found, sale: { ...found.sale, keyed: keyed.set('Lead lead_1', null) } },
    });
    expect(none).toMatchObject({ plan: { writes: [{ kind: 'createInSalesforce', object: 'Contact' }] } });
  });

  it('becomes a Contact when it moves from a cold-call phase to its first demo', () => {
    const held = lead('lead_1', { ...acme.fields, phase: 'HeldPhase' });
    const change = sellfireChange('demo.set', 2_000, held, { phase: { from: 'ColdCallDM', to: 'HeldPhase' } });
    expect(plan([change], { found: free() }).writes).toMatchObject([{ kind: 'createInSalesforce', object: 'Contact' }]);
  });

  it('is neither created nor connected when a Lead or Contact has its phone, and the report names it', () => {
    const holder = { object: 'Contact' as const, id: CONTACT_ID, name: 'Ann Stone', leadId: null, ...HELD };
    const { writes, reports, link } = plan([created(acme)], {
      found: { ...nothingFound(), salesforceByPhone: new Map([[PHONE, [holder]]]) },
    });
    expect(writes).toEqual([]);
    expect(link?.record).toBeUndefined();
    expect(reports).toMatchObject([{ outcome: 'Skipped', code: 'PHONE_EXISTS', salesforceRecordId: CONTACT_ID }]);
  });

  it('resumes when the record that has its phone was created for it by the bridge', () => {
    const ours = { object: 'Lead' as const, id: LEAD_ID, name: 'Stone', leadId: 'lead_1', ...HELD };
    const { link, writes } = plan([created(acme)], {
      found: { ...nothingFound(), salesforceByPhone: new Map([[PHONE, [ours]]]) },
    });
    expect(link?.record).toEqual({ object: 'Lead', id: LEAD_ID });
    // Its values are not known, so the lead's current values are written again.
    expect(writes).toMatchObject([
      { kind: 'updateInSalesforce', id: LEAD_ID, fields: { Company: 'Acme Plumbing' } },
      { kind: 'updateInSellfire', salesforce: { lead_id: LEAD_ID } },
    ]);
  });

  it('resumes after an attempt of unknown outcome without a write over a value that the record has got since', () => {
    const ours = { object: 'Lead' as const, id: LEAD_ID, name: 'Stone', leadId: 'lead_1', ...HELD };
    const present = { Phone: PHONE, Company: 'Edited since', LastName: 'Stone', Sellfire_Lead_Id__c: 'lead_1' };
    const found = {
      ...nothingFound(),
      salesforceByPhone: new Map([[PHONE, [ours]]]),
      leads: new Map([['lead_1', acme]]),
      records: new Map([[LEAD_ID, { createdAt: 1_000, at: 1_000, user: US, fields: present }]]),
    };
    const { writes } = plan([created(acme)], { found, maybeApplied: true });
    const fields = writes.flatMap((write) => (write.kind === 'updateInSalesforce' ? Object.keys(write.fields) : []));
    expect(fields).toEqual(['Phase__c']);
  });

  it('waits, reported once, until the required fields have values, and is then created by its next change', () => {
    const nameless = lead('lead_1', { primary_phone_number: PHONE, business_name: 'Acme Plumbing' });
    const first = plan([created(nameless)]);
    expect(first.reports).toMatchObject([
      { outcome: 'Failed', code: 'REQUIRED_EMPTY', reason: expect.stringContaining('LastName') },
    ]);
    const again = plan([sellfireChange('lead.updated', 2_000, nameless, { title: { from: null, to: 'Owner' } })], {
      link: linkOf(first),
    });
    expect(again.reports).toEqual([]);
    const named = sellfireChange('lead.updated', 3_000, acme, { last_name: { from: null, to: 'Stone' } });
    expect(plan([named], { link: linkOf(again), found: free() }).writes).toMatchObject([
      { kind: 'createInSalesforce' },
    ]);
  });

  it('is not created when creation in this direction is off, and nothing at all happens before the phone is mapped (M6)', () => {
    expect(plan([created(acme)], { config: config(USUAL, { createInSalesforce: false }) }).writes).toEqual([]);
    const unmapped = config(USUAL.filter(({ sellfireField }) => sellfireField !== 'primary_phone_number'));
    expect(plan([created(acme)], { config: unmapped })).toEqual({
      writes: [],
      reports: [],
      deferred: [],
      rerouted: [],
      reread: [],
    });
  });

  it('that came from Salesforce is not created there again', () => {
    const fromAccount = lead('lead_1', acme.fields, {
      salesforce: { lead_id: null, contact_id: null, account_id: '001000000000001AAA' },
    });
    expect(plan([created(fromAccount, 1_000, 'api')]).writes).toEqual([]);
  });
});

describe('a record created in Salesforce (M18)', () => {
  const fields = {
    Phone: '(512) 555-0123',
    Company: 'Acme Plumbing',
    LastName: 'Stone',
    Title: 'Owner',
    Email: 'ann@acme.example',
  };
  const nobody = (): Found => ({
    ...nothingFound(),
    sellfireByPhone: new Map([[PHONE, null]]),
    sellfireByRecord: new Map([[LEAD_ID, null]]),
  });

  it('becomes a lead with every field whose rule goes to Sellfire, its phone in E.164', () => {
    const [write] = plan([salesforceChange('create', 5_000, fields)], { found: nobody() }).writes;
    expect(write).toMatchObject({
      kind: 'createInSellfire',
      salesforce: { lead_id: LEAD_ID },
      fields: { primary_phone_number: PHONE, business_name: 'Acme Plumbing', title: 'Owner' },
    });
    expect(write).not.toHaveProperty('fields.email');
  });

  it('and edited before it was synced becomes one lead with the later values', () => {
    const edit = salesforceChange('update', 5_500, { Company: 'Acme & Sons' });
    const { writes } = plan([salesforceChange('create', 5_000, fields), edit], { found: nobody() });
    expect(writes).toMatchObject([{ kind: 'createInSellfire', fields: { business_name: 'Acme & Sons' } }]);
  });

  it('creates nothing when a lead has that phone, whatever its format', () => {
    const found = { ...nobody(), sellfireByPhone: new Map([[PHONE, acme]]) };
    const { writes, reports } = plan([salesforceChange('create', 5_000, fields)], { found });
    expect(writes).toEqual([]);
    expect(reports).toMatchObject([{ outcome: 'Skipped', code: 'PHONE_EXISTS', sellfireLeadId: 'lead_1' }]);
  });

  it('with a phase that Salesforce may not set begins as ColdCallCold, and the refusal is reported', () => {
    const { writes, reports } = plan([salesforceChange('create', 5_000, { ...fields, Phase__c: 'HeldPhase' })], {
      found: nobody(),
    });
    expect(writes[0]).not.toHaveProperty('fields.phase');
    expect(reports).toMatchObject([{ outcome: 'Refused', code: 'PHASE_REFUSED' }]);
  });

  it('by the bridge itself, besides the lead’s own record, creates no lead in Sellfire', () => {
    const own = { user: US, origin: 'com/salesforce/api/rest/67.0' };
    expect(plan([salesforceChange('create', 5_000, fields, own)]).writes).toEqual([]);
    // The admin who connected may work in the pages as well.
    const byHand = { user: US, origin: 'com/salesforce/api/soap/67.0;client=SfdcInternalAPI/' };
    expect(plan([salesforceChange('create', 5_000, fields, byHand)], { found: nobody() }).writes).toHaveLength(1);
  });

  it('that carries a lead id was created by the bridge: linked, not created again', () => {
    const found = { ...nothingFound(), leads: new Map([['lead_1', acme]]) };
    const own = {
      Phone: PHONE,
      Company: 'Acme Plumbing',
      LastName: 'Stone',
      Phase__c: 'ColdCallCold',
      Sellfire_Lead_Id__c: 'lead_1',
    };
    const { link, writes } = plan([salesforceChange('create', 5_000, own, { user: US })], { found });
    expect(link).toMatchObject({ leadId: 'lead_1', record: { object: 'Lead', id: LEAD_ID } });
    expect(writes).toMatchObject([{ kind: 'updateInSellfire', fields: {}, salesforce: { lead_id: LEAD_ID } }]);
  });
});

describe('the four sync rules (M5)', () => {
  const toSellfire = (name: string, value: string | null): Change =>
    salesforceChange('update', 9_000, { [name]: value });
  const toSalesforce = (name: string, value: string | null): Change =>
    sellfireChange('lead.updated', 9_000, acme, { [name]: { from: 'x', to: value } });
  const rules = {
    TwoWay: { sellfire: true, blankToSellfire: true, salesforce: true },
    SalesforceUnlessBlank: { sellfire: true, blankToSellfire: false, salesforce: false },
    AlwaysSellfire: { sellfire: false, blankToSellfire: false, salesforce: true },
    DoNotSync: { sellfire: false, blankToSellfire: false, salesforce: false },
  } as const;

  for (const [rule, expected] of Object.entries(rules)) {
    const with_ = config([
      ...USUAL.filter(({ sellfireField }) => sellfireField !== 'title'),
      mapping('title', 'Lead.Title', rule as keyof typeof rules),
    ]);
    it(`${rule}: what is written where`, () => {
      const writes = (change: Change): string[] =>
        plan([change], { link: linked(), config: with_ }).writes.map((write) => write.kind);
      expect(writes(toSellfire('Title', 'Owner'))).toEqual(expected.sellfire ? ['updateInSellfire'] : []);
      expect(writes(toSalesforce('title', 'Owner'))).toEqual(expected.salesforce ? ['updateInSalesforce'] : []);
      const seen = plan([toSellfire('Title', 'Owner')], { link: linked(), config: with_ });
      const clearing = salesforceChange('update', 9_500, { Title: null });
      const before = linkOf(seen);
      const blank = plan([clearing], { link: before, config: with_ }).writes;
      const clears = blank.some((write) => write.kind === 'updateInSellfire' && write.fields['title'] === null);
      expect(clears).toBe(expected.blankToSellfire);
    });
  }

  it('a mapping fires only on the triggers it names (M4)', () => {
    const onSale = config(
      [...USUAL, mapping('business_name', 'Lead.Title', 'TwoWay', { triggers: ['sale'] })].filter(
        (m) => m.sellfireField !== 'title',
      ),
    );
    const { writes } = plan([toSalesforce('business_name', 'Acme & Sons')], { link: linked(), config: onSale });
    expect(writes).toMatchObject([{ kind: 'updateInSalesforce', fields: { Company: 'Acme & Sons' } }]);
    expect(writes[0]).not.toHaveProperty('fields.Title');
  });

  it('a mapping that is created later governs later changes only (M9)', () => {
    const later = config(
      [...USUAL, mapping('business_name', 'Lead.Title', 'AlwaysSellfire')].filter((m) => m.sellfireField !== 'title'),
    );
    const { writes } = plan([toSalesforce('last_name', 'Rock')], { link: linked(), config: later });
    expect(writes).toMatchObject([{ fields: { LastName: 'Rock' } }]);
    expect(writes[0]).not.toHaveProperty('fields.Title');
  });
});

describe('echoes and conflicts (I3, I12–I16)', () => {
  it('an echo of our own write changes nothing, whatever its origin header says', () => {
    for (const user of [US, '005000000000002AAA']) {
      const echo = salesforceChange(
        'create',
        4_000,
        { Phone: PHONE, Company: 'Acme Plumbing', LastName: 'Stone', Sellfire_Lead_Id__c: 'lead_1' },
        { user },
      );
      expect(plan([echo], { link: linked() })).toMatchObject({ writes: [], reports: [] });
    }
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

describe('phases from Salesforce (M15)', () => {
  const found = (phase: string): Found => ({
    ...nothingFound(),
    leads: new Map([['lead_1', lead('lead_1', { ...acme.fields, phase })]]),
  });
  const set = (phase: string | null): Change => salesforceChange('update', 9_000, { Phase__c: phase });

  it('are synced when Salesforce may set them', () => {
    for (const phase of ['Resting', 'LongResting', 'Retired', 'Customer']) {
      const { writes } = plan([set(phase)], { link: linked(), found: found('ColdCallCold') });
      expect(writes).toMatchObject([{ kind: 'updateInSellfire', fields: { phase } }]);
    }
  });

  it('are refused otherwise, reported with the reason, and Sellfire’s phase is written back', () => {
    const { writes, reports } = plan([set('PostHoldPhase')], { link: linked(), found: found('ColdCallCold') });
    expect(reports).toMatchObject([{ event: 'PhaseChange', outcome: 'Refused', code: 'PHASE_REFUSED' }]);
    expect(writes).toMatchObject([{ kind: 'updateInSalesforce', fields: { Phase__c: 'ColdCallCold' } }]);
  });

  it('never go backwards inside a cycle', () => {
    const inCycle = sellfireChange('lead.updated', 8_000, lead('lead_1', { ...acme.fields, phase: 'HeldPhase' }), {
      phase: { from: 'ColdCallDM', to: 'HeldPhase' },
    });
    const link = linkOf(plan([inCycle], { link: linked() }));
    const { reports } = plan([set('ColdCallCold')], { link, found: found('HeldPhase') });
    expect(reports).toMatchObject([{ code: 'PHASE_REFUSED' }]);
  });

  it('are not written back where the rule does not go to Salesforce', () => {
    const oneWay = config([
      ...USUAL.filter((m) => m.sellfireField !== 'phase'),
      mapping('phase', 'Lead.Phase__c', 'SalesforceUnlessBlank'),
    ]);
    const { writes, reports } = plan([set('PostHoldPhase')], {
      link: linked(),
      found: found('ColdCallCold'),
      config: oneWay,
    });
    expect(reports).toHaveLength(1);
    expect(writes).toEqual([]);
  });

  it('are judged by the phase that the link knows where an older event of the lead has waited', () => {
    const phase = (from: string, to: string, at: number): Change => {
      const subject = lead('lead_1', { ...acme.fields, phase: to }, { updated_at: iso(at) });
      return sellfireChange('lead.updated', at, subject, { phase: { from, to } });
    };
    const link = linkOf(plan([phase('ColdCallCold', 'PostHoldPhase', 4_000)], { link: linked() }));
    const retired = linkOf(plan([phase('PostHoldPhase', 'Retired', 5_000)], { link }));
    const waited = lead('lead_1', { ...acme.fields, phase: 'PostHoldPhase' }, { updated_at: iso(4_500) });
    const { writes, reports } = plan([sellfireChange('lead.updated', 4_500, waited, {}), set('HeldPhase')], {
      link: retired,
      found: found('Retired'),
    });
    expect(reports).toMatchObject([{ code: 'PHASE_REFUSED', changes: [{ before: 'Retired', after: 'HeldPhase' }] }]);
    expect(writes).toMatchObject([{ kind: 'updateInSalesforce', fields: { Phase__c: 'Retired' } }]);
  });

  it('that are put back are not written by what followed another write of the same turn', () => {
    const { writes, link } = plan([set('Retired')], { link: linked(), found: found('ColdCallCold') });
    const [write] = writes as [Write];
    const fault = { class: 'record' as const, code: 'PHASE_REFUSED', message: 'No.', unknownOutcome: false };
    const deliveries = ['Phase__c', 'Company'].map((field, index) => ({
      sellfireField: index === 0 ? 'phase' : 'business_name',
      replica: `Lead.${field}`,
      field,
      version: index === 0 ? 2 : 1,
      value: index === 0 ? 'Retired' : 'Acme Plumbing',
    }));
    const inSalesforce: Write = {
      ...{ kind: 'updateInSalesforce', object: 'Lead', id: LEAD_ID, deliveries },
      fields: { Phase__c: 'Retired', Company: 'Acme Plumbing' },
    };
    const settled = settle(
      config(),
      link,
      [
        { ok: false, write: inSalesforce, fault: { ...fault, code: 'STRING_TOO_LONG', fields: ['Company'] } },
        { ok: false, write, fault: { ...fault, fields: ['phase'] } },
      ],
      9_000,
    );
    expect(settled.writes.map((one) => ('fields' in one ? one.fields : one.kind))).toEqual([
      { Phase__c: 'ColdCallCold' },
    ]);
  });

  it('that Sellfire itself refuses are reverted as well', () => {
    const { writes, link } = plan([set('Retired')], { link: linked(), found: found('ColdCallCold') });
    const [write] = writes as [Write];
    const fault = {
      class: 'record' as const,
      code: 'PHASE_REFUSED',
      message: 'No.',
      fields: ['phase'],
      unknownOutcome: false,
    };
    const settled = settle(config(), link, [{ ok: false, write, fault }], 9_000);
    expect(settled.reports).toMatchObject([{ event: 'PhaseChange', outcome: 'Refused', code: 'PHASE_REFUSED' }]);
    expect(settled.writes).toMatchObject([{ kind: 'updateInSalesforce', fields: { Phase__c: 'ColdCallCold' } }]);
  });
});

describe('owners from Salesforce (M14)', () => {
  const rep = {
    id: 'rep_2',
    name: 'Second',
    email: 'second@sellfire.example',
    role: 'rep' as const,
    state: 'active' as const,
    sf_owner_id: null,
  };
  const owned = lead('lead_1', { ...acme.fields, owned_rep_id: 'rep_1' });
  const set = (owner: string | null): Change => salesforceChange('update', 9_000, { Owned_Rep_Id__c: owner });
  const found = (over: Partial<Found> = {}): Found => ({
    ...nothingFound(),
    leads: new Map([['lead_1', owned]]),
    reps: new Map([['rep_2', rep]]),
    schedules: new Map([['lead_1', []]]),
    ...over,
  });

  it('are synced when the rep exists and nothing is planned', () => {
    expect(plan([set('rep_2')], { link: linked(), found: found() }).writes).toMatchObject([
      { kind: 'updateInSellfire', fields: { owned_rep_id: 'rep_2' } },
    ]);
  });

  it('are reported when the rep is deleted', () => {
    const { writes, reports } = plan([set('rep_2')], {
      link: linked(),
      found: found({ reps: new Map([['rep_2', { ...rep, state: 'deleted' as const }]]) }),
    });
    expect(writes).toEqual([]);
    expect(reports).toMatchObject([{ event: 'OwnerChange', outcome: 'Refused', code: 'OWNER_REFUSED' }]);
  });

  it('are refused and alerted while the current owner has a demo with the lead; neither side is overwritten', () => {
    const demo = {
      id: 'item_1',
      lead_id: 'lead_1',
      rep_id: 'rep_1',
      kind: 'demo' as const,
      specific_time: true,
      start_time: iso(20_000),
      state: 'planned' as const,
    };
    const busy = found({
      schedules: new Map([['lead_1', [demo]]]),
      reps: new Map([
        ['rep_2', rep],
        ['rep_1', { ...rep, id: 'rep_1', name: 'Bob Ray' }],
      ]),
    });
    const { writes, reports, link } = plan([set('rep_2')], { link: linked(), found: busy });
    expect(reports).toMatchObject([{ code: 'OWNER_REFUSED', reason: expect.stringContaining(iso(20_000)) }]);
    expect(writes).toMatchObject([
      { kind: 'alert', leadId: 'lead_1', subject: 'Owner of Acme Plumbing was not changed' },
    ]);
    const [{ body }] = writes as [Extract<Write, { kind: 'alert' }>];
    // Both owners by name, the event with its time, and the remedy.
    for (const words of [
      `${rep.name} (rep_2)`,
      'Bob Ray (rep_1)',
      `- Demo: Thu, 1 Jan 1970, 00:00 UTC`,
      'in Sellfire.',
    ])
      expect(body).toContain(words);
    expect(link?.ownerDiffers).toEqual({ salesforce: 'rep_2', sellfire: 'rep_1', at: 9_000 });
    // A read of the record found the same before its event came: it is reported once.
    const event = { ...set('rep_2'), at: 9_400 } as Change;
    const again = plan([event], { link: linkOf({ link }), found: busy });
    expect(again).toMatchObject({ writes: [], reports: [] });
    const moved = sellfireChange('lead.updated', 9_500, owned, { owned_rep_id: { from: 'rep_1', to: 'rep_2' } });
    expect(plan([moved], { link: linkOf({ link }) }).link).not.toHaveProperty('ownerDiffers');
  });
});

describe('what a peer refuses (M32)', () => {
  it('fails that field alone: the rest is written, and the field is not tried again before it changes', () => {
    const change = sellfireChange('lead.updated', 9_000, acme, {
      business_name: { from: null, to: 'x'.repeat(300) },
      last_name: { from: null, to: 'Rock' },
    });
    const { writes, link } = plan([change], { link: linked() });
    const [write] = writes as [Write];
    const fault = {
      class: 'record' as const,
      code: 'STRING_TOO_LONG',
      message: 'Company: data value too large',
      fields: ['Company'],
      unknownOutcome: false,
    };
    const settled = settle(config(), link, [{ ok: false, write, fault }], 9_000);
    expect(settled.reports).toMatchObject([
      { outcome: 'Failed', code: 'STRING_TOO_LONG', changes: [{ field: 'Company' }] },
    ]);
    expect(settled.writes).toMatchObject([{ kind: 'updateInSalesforce', fields: { LastName: 'Rock' } }]);
    const done = settle(config(), settled.link, [{ ok: true, write: settled.writes[0] as Write, id: LEAD_ID }], 9_000);
    const next = sellfireChange('lead.updated', 9_500, acme, { last_name: { from: null, to: 'Rocks' } });
    expect(plan([next], { link: linkOf(done) }).writes).toMatchObject([{ fields: { LastName: 'Rocks' } }]);
    expect(plan([next], { link: linkOf(done) }).writes[0]).not.toHaveProperty('fields.Company');
  });

  it('of a deleted record ends the link', () => {
    const change = sellfireChange('lead.updated', 9_000, acme, { last_name: { from: null, to: 'Rock' } });
    const { writes, link } = plan([change], { link: linked() });
    const fault = {
      class: 'gone' as const,
      code: 'ENTITY_IS_DELETED',
      message: 'entity is deleted',
      fields: [],
      unknownOutcome: false,
    };
    const settled = settle(config(), link, [{ ok: false, write: writes[0] as Write, fault }], 9_000);
    expect(settled.link?.ended).toEqual({ by: 'salesforce', at: 9_000 });
    expect(plan([change], { link: linkOf(settled) }).writes).toEqual([]);
  });
});
