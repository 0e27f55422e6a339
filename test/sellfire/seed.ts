// A seeded account: believable US businesses in every phase, the same for the same seed. They were there before the feed
// begins, so they have no events. Every phone has the exchange 555, which belongs to nobody.
import type { Lead } from '../../bridge/model/lead.ts';
import type { Phase } from '../../bridge/model/phase.ts';
import type { ScheduleItem } from '../../bridge/model/schedule.ts';
import type { Dialer } from './dialer.ts';
import { createIds, type MakeId } from './ids.ts';
import type { Fields } from './leads.ts';
import { isClosed, isColdCall, isLongRest } from './phases.ts';
import { Random } from './random.ts';
import * as words from './seed-words.ts';
import { INTERESTS, SOURCES } from './system-fields.ts';

const DAY_MS = 24 * 3_600_000;
/** Where the leads of a team stand: mostly in cold calls, few in each later phase. */
const WEIGHTS: readonly (readonly [Phase, number])[] = [
  ['ColdCallCold', 40],
  ['ColdCallWorkingNum', 16],
  ['ColdCallNDM', 9],
  ['ColdCallDM', 7],
  ['HeldPhase', 5],
  ['PostInitialHelPhaseDemoNotHeld', 3],
  ['PostHoldPhase', 4],
  ['RestingColdCall', 4],
  ['LongRestingColdCall', 1],
  ['Resting', 2],
  ['LongResting', 2],
  ['RetiredColdCall', 2],
  ['Retired', 1],
  ['Customer', 4],
];
/** Numbers of an area code's exchange 555 that are given out, from 0100. */
const FIRST_LINE = 100;
const LAST_LINE = 9999;
export const MOST_LEADS = words.PLACES.length * (LAST_LINE - FIRST_LINE + 1);

/** @throws RangeError for more leads than there are phone numbers (about 495,000). */
export function seedAccount(dialer: Dialer, leads: number, seed: number): void {
  if (leads > MOST_LEADS) throw new RangeError(`At most ${MOST_LEADS} leads can be seeded.`);
  const random = new Random(seed);
  const makeId = createIds(`s${seed}n`);
  seedPeople(dialer);
  const lines = new Map<string, number>();
  for (let made = 0; made < leads; made += 1) {
    // Every place in turn once a random one is full.
    let place = random.pick(words.PLACES);
    for (let turn = made; (lines.get(place.area) ?? FIRST_LINE) > LAST_LINE; turn += 1)
      place = words.PLACES[turn % words.PLACES.length] ?? place;
    const line = lines.get(place.area) ?? FIRST_LINE;
    lines.set(place.area, line + 1);
    const phone = `+1${place.area}555${String(line).padStart(4, '0')}`;
    seedLead(dialer, random, makeId, place, phone);
  }
}

function seedPeople(dialer: Dialer): void {
  words.PEOPLE.forEach(([name, role], at) => {
    const id = `${role === 'rep' ? 'rep' : 'user'}_${String(at + 1).padStart(2, '0')}`;
    const email = `${name.toLowerCase().replace(' ', '.')}@sellfire.example`;
    dialer.reps.add({ id, name, email, role, state: 'active', sf_owner_id: null });
  });
}

function seedLead(dialer: Dialer, random: Random, makeId: MakeId, place: words.Place, phone: string): void {
  const phase = random.weighted(WEIGHTS);
  const now = dialer.clock();
  const createdAt = now - random.between(20, 400) * DAY_MS;
  const touchedAt = now - random.between(1, 19) * DAY_MS;
  const dialled = phase !== 'ColdCallCold';
  const rep = random.pick(dialer.reps.list().filter((one) => one.role === 'rep'));
  const id = makeId('lead');
  const planned = phase === 'HeldPhase' || (phase === 'PostHoldPhase' && random.chance(0.5));
  const item = planned ? planFor(makeId, id, rep.id, phase, now + random.between(1, 9) * DAY_MS) : null;
  const fields: Fields = {
    ...dialer.catalogue.blank('lead'),
    ...business(random, place, phone),
    phase,
    sales_cycle: 1,
    owned_rep_id: dialled && !isClosed(phase) ? rep.id : null,
    last_called_at: dialled ? iso(touchedAt) : null,
    next_event_at: item?.start_time ?? null,
  };
  const touched = ['phase', 'owned_rep_id', 'last_called_at', 'next_event_at'];
  const set = Object.entries(fields).filter(([, value]) => value !== null && value !== false);
  const lead: Lead = {
    id,
    version: dialled ? 2 : 1,
    created_at: iso(createdAt),
    updated_at: iso(dialled ? touchedAt : createdAt),
    deleted_at: null,
    cycle: 1,
    fields,
    changed_at: Object.fromEntries(
      set.map(([name]) => [name, iso(dialled && touched.includes(name) ? touchedAt : createdAt)]),
    ),
    salesforce: { lead_id: null, contact_id: null, account_id: null },
  };
  const held = phase === 'PostHoldPhase' || phase === 'Customer' || isLongRest(phase);
  dialer.leads.seed(lead, { held: held && !isColdCall(phase), everHeld: held });
  if (item) dialer.schedule.put(item);
  if (dialled)
    dialer.activities.add({
      id: makeId('act'),
      lead_id: id,
      rep_id: rep.id,
      communication_type: 'call',
      channel: 'outbound',
      created_at: iso(touchedAt),
      notes: '',
      conference_duration: random.between(0, 600),
      disposition: { type: phase === 'ColdCallNDM' ? 'Gatekeeper' : 'NoAnswer', start_time: null },
      schedule_item: null,
    });
}

function business(random: Random, place: words.Place, phone: string): Fields {
  const { industry, names } = random.pick(words.TRADES);
  const name = `${random.pick(words.NAME_BEGINNINGS)} ${random.pick(names)}`;
  const domain = `${name.toLowerCase().replaceAll(/[^a-z]/g, '')}.example`;
  const first_name = random.pick(words.FIRST_NAMES);
  const last_name = random.pick(words.LAST_NAMES);
  const employees = random.weighted([
    [random.between(1, 9), 6],
    [random.between(10, 49), 3],
    [random.between(50, 400), 1],
  ]);
  return {
    primary_phone_number: phone,
    business_name: name,
    first_name,
    last_name,
    title: random.pick(words.TITLES),
    email: random.chance(0.8) ? `${first_name}.${last_name}@${domain}`.toLowerCase() : null,
    street: `${random.between(100, 9800)} ${random.pick(words.STREETS)}`,
    city: place.city,
    state: place.state,
    postal_code: `${place.zip}${String(random.between(1, 60)).padStart(2, '0')}`,
    country: 'United States',
    website: random.chance(0.6) ? `https://www.${domain}` : null,
    industry,
    employees,
    annual_revenue: employees * random.between(40, 220) * 1000,
    source: random.pick(SOURCES),
    do_not_call: random.chance(0.02),
    timezone: place.timezone,
    custom_score: random.chance(0.5) ? random.between(1, 100) : null,
    custom_interests: random.chance(0.3) ? interests(random) : null,
  };
}

/** At least one. */
function interests(random: Random): string[] {
  const always = random.pick(INTERESTS);
  return INTERESTS.filter((one) => one === always || random.chance(0.2));
}

function planFor(makeId: MakeId, lead: string, rep: string, phase: Phase, at: number): ScheduleItem {
  const kind = phase === 'HeldPhase' ? 'demo' : 'decision_call';
  // On the hour, as people plan.
  const start_time = iso(Math.ceil(at / 3_600_000) * 3_600_000);
  return { id: makeId('event'), lead_id: lead, rep_id: rep, kind, specific_time: true, start_time, state: 'planned' };
}

const iso = (time: number): string => new Date(time).toISOString();
