// Phases and owners that Salesforce changes, as one decision over the changes of one lead.
import { describe, expect, it } from '@jest/globals';
import type { Change } from '../../../../bridge/model/change.ts';
import type { Link } from '../../../../bridge/model/link.ts';
import type { Found, Plan, Write } from '../../../../bridge/model/plan.ts';
import { nothingFound } from '../../../../bridge/sync/turn/lookups.ts';
import { settle } from '../../../../bridge/sync/settle.ts';
import { config, iso, lead, LEAD_ID, mapping, salesforceChange, sellfireChange, US, USUAL } from '../fixtures.ts';
import { acme, plan, linked, linkOf } from '../decideLead.ts';

/** The link after an edit in Sellfire was written to the Lead, the event of which is to come. */
function given(field: 'phase' | 'owned_rep_id', to: string): Link {
  const edit = sellfireChange('lead.updated', 8_500, lead('lead_1', { ...acme.fields, [field]: to }), {
    [field]: { from: acme.fields[field] ?? null, to },
  });
  const rules = config();
  const asked = plan([edit], { link: linked(), config: rules });
  const [write] = asked.writes as [Write];
  return linkOf({ link: settle(rules, asked.link, [{ ok: true, write, id: LEAD_ID }], 8_500).link });
}

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

  it('that a write of Sellfire’s phase has replaced already are reported, and nothing is written in vain', () => {
    const { writes, reports } = plan([set('HeldPhase')], { link: given('phase', 'Retired'), found: found('Retired') });
    expect(reports).toMatchObject([{ event: 'PhaseChange', outcome: 'Refused', code: 'PHASE_REFUSED' }]);
    expect(writes).toEqual([]);
  });

  it('that the lead has in Sellfire already are written again where a write in flight has replaced them', () => {
    const { writes, reports } = plan([set('HeldPhase')], {
      link: given('phase', 'Retired'),
      found: found('HeldPhase'),
    });
    expect(reports).toEqual([]);
    expect(writes).toMatchObject([{ kind: 'updateInSalesforce', fields: { Phase__c: 'HeldPhase' } }]);
  });

  it('that the lead has in Sellfire already are no change', () => {
    const { writes, reports } = plan([set('PostHoldPhase')], { link: linked(), found: found('PostHoldPhase') });
    expect(reports).toEqual([]);
    expect(writes).toEqual([]);
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

  it('that are refused have one row, of the event, where the record is read in the turn of the event', () => {
    const fields = { Phase__c: 'PostHoldPhase', Company: 'Acme Plumbing', LastName: 'Stone' };
    const record = { createdAt: 0, at: 9_000, user: '005000000000009AAA', fields };
    const read = { ...found('ColdCallCold'), records: new Map([[LEAD_ID, record]]) };
    const gap = salesforceChange('gap', 8_500, {});
    const { reports } = plan([gap, set('PostHoldPhase')], { link: linked(), found: read });
    expect(reports).toMatchObject([{ code: 'PHASE_REFUSED', occurredAt: 9_000 }]);
    // Where no event is there, it is later than what was known before, also of one second.
    const known = linkOf(
      plan([salesforceChange('update', 8_000, { Phase__c: 'HeldPhase' })], { link: linked(), found: read }),
    );
    for (const at of [8_000, 9_000]) {
      const within = { ...read, records: new Map([[LEAD_ID, { ...record, at }]]) };
      expect(plan([gap], { link: known, found: within }).reports).toMatchObject([
        { code: 'PHASE_REFUSED', occurredAt: 8_001 },
      ]);
    }
  });

  it('that are refused give way to Sellfire’s next phase, also where the clock of Salesforce is ahead', () => {
    const bare = { leadId: 'lead_1', revision: 1, record: { object: 'Lead' as const, id: LEAD_ID }, fields: {} };
    const ahead = salesforceChange('update', 3_600_000, { Phase__c: 'PostHoldPhase' });
    const link = linkOf(plan([ahead], { link: bare, found: found('ColdCallCold') }));
    const next = sellfireChange('lead.updated', 9_000, lead('lead_1', { ...acme.fields, phase: 'Customer' }), {
      phase: { from: 'ColdCallCold', to: 'Customer' },
    });
    const { writes, reports } = plan([next], { link });
    expect(reports).toEqual([]);
    expect(writes).toMatchObject([{ kind: 'updateInSalesforce', fields: { Phase__c: 'Customer' } }]);
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

  it('that Sellfire refuses for a phase of its own give way to that, whose event is on its way', () => {
    const { writes, link } = plan([set('Retired')], { link: linked(), found: found('ColdCallCold') });
    const fault = { class: 'record' as const, code: 'PHASE_REFUSED', message: 'No.', fields: ['phase'] };
    const outcome = { ok: false as const, write: writes[0] as Write, fault: { ...fault, unknownOutcome: false } };
    const refused = linkOf(settle(config(), link, [outcome], 9_000));
    const ended = lead('lead_1', { ...acme.fields, phase: 'RetiredColdCall' });
    const before = sellfireChange('lead.updated', 8_900, ended, {
      phase: { from: 'ColdCallCold', to: 'RetiredColdCall' },
    });
    expect(plan([before], { link: refused })).toMatchObject({
      writes: [{ kind: 'updateInSalesforce', fields: { Phase__c: 'RetiredColdCall' } }],
      reports: [],
    });
  });

  it('that a write has replaced, whose event came first, are refused, and nothing is written in vain', () => {
    const own = salesforceChange('update', 9_500, { Phase__c: 'Retired' }, { user: US });
    const link = linkOf(plan([own], { link: given('phase', 'Retired') }));
    const { writes, reports } = plan([set('HeldPhase')], { link, found: found('Retired') });
    expect(reports).toMatchObject([{ code: 'PHASE_REFUSED' }]);
    expect(writes).toEqual([]);
  });

  it('that are refused show since when Sellfire has its own', () => {
    const changed_at = { ...acme.changed_at, phase: iso(8_800) };
    const leads = new Map([['lead_1', lead('lead_1', { ...acme.fields, phase: 'ColdCallDM' }, { changed_at })]]);
    const { link } = plan([set('HeldPhase')], { link: linked(), found: { ...nothingFound(), leads } });
    expect(link?.fields['phase']?.replicas['sellfire']).toMatchObject({ lastKnown: 'ColdCallDM', at: 8_800 });
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
    const off = settle(config(undefined, { updateInSalesforce: false }), link, [{ ok: false, write, fault }], 9_000);
    expect(off.writes).toEqual([]);
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

  it('that are refused are not what stands where a write in flight has replaced them', () => {
    const deleted = found({ reps: new Map([['rep_2', { ...rep, state: 'deleted' as const }]]) });
    const { link, reports } = plan([set('rep_2')], { link: given('owned_rep_id', 'rep_1'), found: deleted });
    expect(reports).toMatchObject([{ code: 'OWNER_REFUSED' }]);
    expect(link?.fields['owned_rep_id']?.replicas['Lead.Owned_Rep_Id__c']).toMatchObject({ lastKnown: 'rep_1' });
  });

  it('that a write has replaced, whose event came first, are refused and leave no difference', () => {
    const written = given('owned_rep_id', 'rep_1');
    const own = salesforceChange('update', 9_500, { Owned_Rep_Id__c: 'rep_1' }, { user: US });
    const deleted = found({ reps: new Map([['rep_2', { ...rep, state: 'deleted' as const }]]) });
    const known = linkOf(plan([own], { link: written, found: deleted }));
    const { link, reports } = plan([set('rep_2')], { link: known, found: deleted });
    expect(reports).toMatchObject([{ code: 'OWNER_REFUSED' }]);
    expect(link).not.toHaveProperty('ownerDiffers');
    expect(link?.fields['owned_rep_id']?.replicas['Lead.Owned_Rep_Id__c']).toMatchObject({
      ...{ lastKnown: 'rep_1', at: 9_500 },
    });
  });

  it.each([
    ['demo', true],
    ['decision_call', true],
    ['callback', false],
  ] as const)('are held by a %s that is not marked as of a specific time: %s', (kind, isHeld) => {
    const item = {
      ...{ id: 'item_1', lead_id: 'lead_1', rep_id: 'rep_1', kind, specific_time: false },
      ...{ start_time: iso(20_000), state: 'planned' as const },
    };
    const reps = new Map([
      ['rep_2', rep],
      ['rep_1', { ...rep, id: 'rep_1' }],
    ]);
    const schedule = found({ schedules: new Map([['lead_1', [item]]]), reps });
    const { reports } = plan([set('rep_2')], { link: linked(), found: schedule });
    expect(reports.some(({ code }) => code === 'OWNER_REFUSED')).toBe(isHeld);
  });

  it('that the lead has in Sellfire already are no change, whatever is planned with it', () => {
    const demo = {
      ...{ id: 'item_1', lead_id: 'lead_1', rep_id: 'rep_1', kind: 'demo' as const, specific_time: true },
      ...{ start_time: iso(20_000), state: 'planned' as const },
    };
    const reps = new Map([['rep_1', { ...rep, id: 'rep_1' }]]);
    const busy = found({ schedules: new Map([['lead_1', [demo]]]), reps });
    const { writes, reports, link } = plan([set('rep_1')], { link: linked(), found: busy });
    expect(reports).toEqual([]);
    expect(writes.filter(({ kind }) => kind === 'alert')).toEqual([]);
    expect(link).not.toHaveProperty('ownerDiffers');
  });

  it('that the lead has in Sellfire already are no change, though that rep was deleted', () => {
    const reps = new Map([['rep_1', { ...rep, id: 'rep_1', state: 'deleted' as const }]]);
    const { reports, link } = plan([set('rep_1')], { link: linked(), found: found({ reps }) });
    expect(reports).toEqual([]);
    expect(link).not.toHaveProperty('ownerDiffers');
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
    // An older event of the lead comes with it, of which nobody had planned anything yet.
    const older = sellfireChange('lead.updated', 2_000, acme, {}, 'api');
    const behind = plan([older, set('rep_2')], { link: linked(), found: busy });
    expect(behind).toMatchObject({ writes: [{ kind: 'alert' }], reports: [{ code: 'OWNER_REFUSED' }] });
  });

  it('that a later one of Sellfire has replaced stay where the new owner has planned something since, and a row says so', () => {
    const asked = plan([set('rep_2')], { link: linked(), found: found() });
    const [write] = asked.writes as [Write];
    const given = lead('lead_1', { ...acme.fields, owned_rep_id: 'rep_2' });
    const answer = { ...given, changed_at: { ...given.changed_at, owned_rep_id: iso(9_100) } };
    const link = linkOf(settle(config(), asked.link, [{ ok: true, write, lead: answer }], 9_000));
    const edit = sellfireChange('lead.updated', 9_050, owned, { owned_rep_id: { from: null, to: 'rep_1' } });
    const item = {
      ...{ id: 'item_1', lead_id: 'lead_1', rep_id: 'rep_2', kind: 'callback' as const, specific_time: true },
      ...{ start_time: iso(20_000), state: 'planned' as const },
    };
    const reps = new Map([['rep_1', { ...rep, id: 'rep_1' }]]);
    const back = (planned: (typeof item)[]): Plan => {
      const schedules = new Map([['lead_1', planned]]);
      return plan([edit], { link, found: found({ leads: new Map([['lead_1', given]]), schedules, reps }) });
    };
    expect(back([]).writes).toMatchObject([
      { kind: 'updateInSalesforce', fields: { Owned_Rep_Id__c: 'rep_1' } },
      { kind: 'updateInSellfire', fields: { owned_rep_id: 'rep_1' } },
    ]);
    const kept = back([item]);
    expect(kept.writes.filter(({ kind }) => kind.startsWith('update'))).toEqual([]);
    expect(kept.reports).toMatchObject([{ event: 'OwnerChange', outcome: 'Refused', code: 'OWNER_REFUSED' }]);
    expect(kept.link).not.toHaveProperty('ownerDiffers');
  });
});
