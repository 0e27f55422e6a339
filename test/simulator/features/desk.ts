// What reps do beside calls and sales: e-mails, events that are moved or deleted, people with first names who share a line; and reps with users
// of their own in Salesforce, in a time zone of theirs (M29).
import { Refusal } from '../../sellfire/problem.ts';
import { phonesOf } from '../phones.ts';
import type { Simulation } from '../simulation.ts';
import type { Feature } from './feature.ts';

const HOUR = 3_600_000;

/** A rep's action, as far as Sellfire accepts it. */
function accepted(simulation: Simulation, name: string, action: () => unknown): void {
  try {
    simulation.during(name, () => void action());
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
  }
}

function onLead(simulation: Simulation, name: string, action: (leadId: string) => unknown): void {
  const leads = [...simulation.dialer.leads.live()];
  if (leads.length > 0) accepted(simulation, name, () => action(simulation.random.pick(leads).id));
}

export const DESK: readonly Feature[] = [
  {
    name: 'planning',
    step(simulation) {
      const { random, dialer } = simulation;
      onLead(simulation, 'planning', (id) => {
        const [item] = dialer.schedule.planned(id);
        if (!item || random.chance(0.3)) return dialer.desk.logEmail(id, { notes: random.pick(['', 'Sent.']) });
        const start_time = new Date(simulation.now + random.between(20, 90) * HOUR).toISOString();
        return random.chance(0.7) ? dialer.desk.reschedule(item.id, { start_time }) : dialer.desk.deleteEvent(item.id);
      });
    },
  },
  {
    name: 'talks',
    step(simulation) {
      const { random, dialer } = simulation;
      onLead(simulation, 'talks', (id) =>
        dialer.desk.logCall(id, {
          outcome: random.pick(['no_answer', 'voicemail', 'gatekeeper', 'decision_maker']),
          channel: random.pick(['inbound', 'outbound']),
          notes: random.pick(['', 'Call again.']),
          conference_duration: random.pick([0, 61]),
        }),
      );
    },
  },
  {
    name: 'firstNames',
    step(simulation) {
      const { random, dialer, config } = simulation;
      onLead(simulation, 'firstNames', (id) => {
        const lead = dialer.leads.find(id);
        const first_name = random.pick(['Ann', 'Bob', null]);
        if (random.chance(0.4)) return dialer.desk.editLead(id, { first_name });
        const phone_number = random.chance(0.5)
          ? String(lead?.fields['primary_phone_number'])
          : random.pick(phonesOf(config.country));
        const last_name = random.chance(0.5) ? String(lead?.fields['last_name']) : `v${random.between(1, 4)}`;
        const items = [{ product_code: 'PRO', product_name: 'Plan', quantity: 2, unit_price: '7.25' }];
        const second = { first_name: random.pick(['Ann', 'Cat', null]), last_name, phone_number };
        return dialer.desk.sell(id, {
          items,
          currency: simulation.currency,
          associated_contacts: [{ first_name, last_name, phone_number }, ...(random.chance(0.4) ? [second] : [])],
        });
      });
    },
  },
  {
    name: 'repUsers',
    begin({ dialer }) {
      dialer.reps.change('rep_1', { sf_owner_id: '005000000000011AAA' });
      dialer.reps.change('rep_2', { sf_owner_id: '005000000000012AAA' });
    },
  },
];
