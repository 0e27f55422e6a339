// A storm: any number of faults, at any call, up to the last step. Nothing need arrive in it, so that only what is safe is checked: nothing
// is lost, nothing is doubled, and nothing wrong is written.
import type { Random } from '../sellfire/random.ts';
import { auditedSafety } from './auditor.ts';
import { brokenOf, lossesOf } from './checks.ts';
import { ORG_ID } from './configuration.ts';
import type { Simulation } from './simulation.ts';
import type { FaultRates } from './simulatedFaults.ts';

/** Times the steps of another history: most turns come to nothing. */
export const LONGER = 3;

/** Up to half of all calls fail, and the bridge crashes at up to every third. */
export const drawStorm = (random: Random): FaultRates => ({
  crash: random.pick([0.02, 0.1, 0.3]),
  refused: random.pick([0, 0.2, 0.5]),
  unanswered: random.pick([0, 0.2, 0.5]),
  meanwhile: random.pick([0.1, 0.4]),
});

/** What holds at any moment of a storm. */
export const unsafeIn = async (simulation: Simulation): Promise<string[]> => [
  ...brokenOf(simulation),
  ...(await passed(simulation)),
  ...auditedSafety(simulation),
];

/**
 * What holds once the storm is over: all that was received has come to its end.
 * @param settle does all work, with no fault
 */
export async function lostIn(simulation: Simulation, settle: () => Promise<void>): Promise<string[]> {
  await settle();
  if (simulation.lossy) {
    await simulation.reconcile();
    await settle();
  }
  return [...lossesOf(simulation), ...auditedSafety(simulation)];
}

/** I4: the cursor never passes an event that is not durable. */
async function passed(simulation: Simulation): Promise<string[]> {
  const { store, org, dialer } = simulation;
  const { salesforce, sellfire } = await simulation.cursors();
  const kept = new Set(store.rows(ORG_ID).map(({ entry }) => `${entry.eventId} ${entry.recordId}`));
  const ofSalesforce = org.stream
    .slice(0, salesforce)
    .flatMap(({ lost, changes }) => (lost ? [] : changes.map((one) => `${one.eventId} ${one.recordId}`)));
  const ofSellfire = dialer.feed.after(0, sellfire).flatMap((event) => {
    const { id, lead_id: leadId, setAside } = simulation.received(event);
    // What cannot be read is kept as the request to read again what it is about; of a type that is not known and brings no changes, nothing is.
    if (setAside?.why === 'type' && !setAside.hasChanges) return [];
    return [`${setAside ? 'set-aside:' : ''}${id} ${leadId ?? ''}`];
  });
  return [...ofSalesforce, ...ofSellfire]
    .filter((event) => !kept.has(event))
    .map((event) => `I4: the cursor has passed ${event}, which is not in the inbox.`);
}
