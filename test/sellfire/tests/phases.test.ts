// The phases table of spec §6 and the cycles: what a rep does moves a lead forward; from outside only five phases are accepted.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PHASES, type Phase } from '../../../bridge/model/phase.ts';
import type { Desk } from '../desk.ts';
import { startSellfire, type RunningSellfire } from '../sellfire.ts';
import { freshPhone, ok, refused } from './client.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
let sellfire: RunningSellfire;
let desk: Desk;
let now = Date.parse('2026-11-24T15:00:00.000Z');
beforeAll(async () => {
  sellfire = await startSellfire({ clock: () => now });
  desk = sellfire.desk;
});
afterAll(() => sellfire.close());

const tomorrow = () => new Date(now + DAY).toISOString();
const fresh = () => desk.createLead({ primary_phone_number: freshPhone() }).id;
const phaseOf = (id: string) => sellfire.dialer.leads.get(id).fields['phase'];
const cycleOf = (id: string) => sellfire.dialer.leads.get(id).cycle;
const sale = { items: [{ product_code: 'P1', product_name: 'Seat', quantity: 1, unit_price: '99.00' }] };

/** What a rep does with a fresh lead until it is in a phase. */
const WAYS: Readonly<Record<Phase, (id: string) => unknown>> = {
  ColdCallCold: () => undefined,
  ColdCallWorkingNum: (id) => desk.logCall(id, { outcome: 'voicemail' }),
  ColdCallNDM: (id) => desk.logCall(id, { outcome: 'gatekeeper' }),
  ColdCallDM: (id) => desk.logCall(id, { outcome: 'decision_maker' }),
  HeldPhase: (id) => desk.setDemo(id, { start_time: tomorrow() }),
  PostInitialHelPhaseDemoNotHeld: (id) => (WAYS.HeldPhase(id), desk.missDemo(id)),
  PostHoldPhase: (id) => (WAYS.HeldPhase(id), desk.holdDemo(id)),
  RestingColdCall: (id) => (WAYS.ColdCallDM(id), desk.rest(id)),
  LongRestingColdCall: (id) => (WAYS.LongResting(id), desk.reopen(id), desk.rest(id)),
  Resting: (id) => (WAYS.HeldPhase(id), desk.rest(id)),
  LongResting: (id) => (WAYS.PostHoldPhase(id), desk.rest(id)),
  RetiredColdCall: (id) => (WAYS.ColdCallNDM(id), desk.retire(id)),
  Retired: (id) => (WAYS.HeldPhase(id), desk.retire(id)),
  Customer: (id) => (WAYS.PostHoldPhase(id), desk.sell(id, sale)),
};
const inPhase = (phase: Phase) => {
  const id = fresh();
  WAYS[phase](id);
  return id;
};
const RUNNING = PHASES.slice(0, 7);
const RESTS = PHASES.slice(7, 11);
const CLOSED = PHASES.slice(11);
const OPEN: readonly Phase[] = ['ColdCallCold', 'Resting', 'LongResting', 'Retired', 'Customer'];

describe('what a rep does', () => {
  it.each(PHASES)('brings a lead to %s', (phase) => {
    expect(phaseOf(inPhase(phase))).toBe(phase);
  });

  it('never moves a lead back inside a cycle', () => {
    const id = inPhase('PostHoldPhase');
    for (const outcome of ['no_answer', 'voicemail', 'gatekeeper', 'decision_maker'] as const) {
      desk.logCall(id, { outcome });
      expect(phaseOf(id)).toBe('PostHoldPhase');
    }
    desk.setDemo(id, { start_time: tomorrow() });
    expect(phaseOf(id)).toBe('PostHoldPhase');
    desk.missDemo(id);
    expect([phaseOf(id), cycleOf(id)]).toEqual(['PostHoldPhase', 1]);
  });

  it('leaves HeldPhase for good once the first demo was not held, until one is held', () => {
    const id = inPhase('PostInitialHelPhaseDemoNotHeld');
    desk.setDemo(id, { start_time: tomorrow() });
    expect(phaseOf(id)).toBe('PostInitialHelPhaseDemoNotHeld');
    desk.holdDemo(id);
    expect(phaseOf(id)).toBe('PostHoldPhase');
  });

  it('counts a deleted first demo as not held', () => {
    const id = inPhase('HeldPhase');
    desk.deleteEvent(sellfire.dialer.schedule.planned(id)[0]?.id ?? '');
    expect(phaseOf(id)).toBe('PostInitialHelPhaseDemoNotHeld');
  });

  it.each([...RESTS, ...CLOSED])('cannot go on with a lead in %s before it is reopened', (phase) => {
    const id = inPhase(phase);
    const refusals = [
      () => desk.logCall(id, { outcome: 'voicemail' }),
      () => desk.setDemo(id, { start_time: tomorrow() }),
      () => desk.plan(id, { start_time: tomorrow() }),
      () => desk.sell(id, sale),
      () => desk.rest(id),
    ];
    for (const action of refusals) expect(action).toThrow('phase_refused');
    const cycle = cycleOf(id);
    desk.reopen(id);
    expect([phaseOf(id), cycleOf(id)]).toEqual(['ColdCallCold', cycle + 1]);
    desk.setDemo(id, { start_time: tomorrow() });
    expect(phaseOf(id)).toBe('HeldPhase');
  });

  it('does not dial a lead that is marked Do Not Call', () => {
    const id = fresh();
    desk.editLead(id, { do_not_call: true });
    expect(() => desk.logCall(id, { outcome: 'voicemail' })).toThrow('Do Not Call');
  });

  it('drops what was planned when the cycle ends', () => {
    const id = inPhase('HeldPhase');
    desk.plan(id, { start_time: tomorrow() });
    expect(desk.retire(id).fields['next_event_at']).toBeNull();
    expect(sellfire.dialer.schedule.history(id).map((item) => item.state)).toEqual(['deleted', 'deleted']);
  });
});

describe('time', () => {
  it('makes a demo that nobody held in the hour after its time one that was not held', () => {
    now += 2 * DAY;
    desk.passTime();
    const id = inPhase('HeldPhase');
    now += DAY + HOUR;
    expect(desk.passTime()).toBe(0);
    now += 1;
    expect(desk.passTime()).toBe(1);
    expect(phaseOf(id)).toBe('PostInitialHelPhaseDemoNotHeld');
    const [last] = sellfire.dialer.feed.after(sellfire.dialer.feed.lastSequence - 1);
    expect(last).toMatchObject({ type: 'demo.missed', actor: { kind: 'system' }, schedule_item: { state: 'missed' } });
  });

  it('ends a rest after 90 days and a long rest after 180: the lead is cold again in a new cycle', () => {
    while (desk.passTime() > 0);
    const [rest, long] = [inPhase('RestingColdCall'), inPhase('LongResting')];
    now += 90 * DAY + HOUR;
    desk.passTime();
    expect([phaseOf(rest), cycleOf(rest), phaseOf(long)]).toEqual(['ColdCallCold', 2, 'LongResting']);
    now += 90 * DAY;
    desk.passTime();
    expect([phaseOf(long), cycleOf(long)]).toEqual(['ColdCallCold', 2]);
  });
});

describe('over the API', () => {
  const update = (id: string, phase: Phase | null) => ({ params: { id }, body: { fields: { phase } } });

  it.each(PHASES.filter((phase) => !OPEN.includes(phase)))('%s is refused', async (phase) => {
    for (const from of ['ColdCallCold', 'Retired'] as const)
      expect(await refused(sellfire, 'updateLead', update(inPhase(from), phase))).toMatchObject({
        code: 'phase_refused',
        field: 'phase',
      });
    const body = { fields: { primary_phone_number: freshPhone(), phase } };
    expect(await refused(sellfire, 'createLead', { body })).toMatchObject({ code: 'phase_refused' });
  });

  it.each(OPEN.slice(1))('%s is accepted from every phase of a running cycle', async (phase) => {
    for (const from of RUNNING) {
      const lead = await ok(sellfire, 'updateLead', update(inPhase(from), phase));
      expect([lead.fields['phase'], lead.cycle]).toEqual([phase, 1]);
    }
  });

  it('ColdCallCold is refused inside a running cycle, and begins the next one after it', async () => {
    for (const from of RUNNING.slice(1))
      expect(await refused(sellfire, 'updateLead', update(inPhase(from), 'ColdCallCold'))).toMatchObject({
        code: 'phase_refused',
      });
    for (const from of [...RESTS, ...CLOSED]) {
      const id = inPhase(from);
      const cycle = cycleOf(id);
      const lead = await ok(sellfire, 'updateLead', update(id, 'ColdCallCold'));
      expect([lead.fields['phase'], lead.cycle, lead.fields['sales_cycle']]).toEqual([
        'ColdCallCold',
        cycle + 1,
        cycle + 1,
      ]);
    }
  });

  it('a rest is refused after Retired or Customer, and no phase at all is refused', async () => {
    for (const from of CLOSED)
      expect(await refused(sellfire, 'updateLead', update(inPhase(from), 'Resting'))).toMatchObject({
        code: 'phase_refused',
      });
    expect(await refused(sellfire, 'updateLead', update(fresh(), null))).toMatchObject({ code: 'phase_refused' });
  });

  it('the phase that the lead has already is no change', async () => {
    const id = inPhase('HeldPhase');
    const last = sellfire.dialer.feed.lastSequence;
    expect((await ok(sellfire, 'updateLead', update(id, 'HeldPhase'))).version).toBe(
      sellfire.dialer.leads.get(id).version,
    );
    expect(sellfire.dialer.feed.lastSequence).toBe(last);
  });
});
