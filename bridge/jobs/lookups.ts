// Performs the look-ups that the core needs, concurrently: the adapters gather those of many workers into few calls.
import type { Found, Needs } from '../model/plan.ts';
import type { SalesforcePort, SellfirePort } from '../model/ports.ts';

/** Adds the results to `found`. @throws PeerError when a look-up fails. */
export async function lookUp(
  needs: Needs,
  found: Found,
  salesforce: SalesforcePort,
  sellfire: SellfirePort,
): Promise<void> {
  const fill = <V>(keys: string[], answers: Map<string, V>, command: (key: string) => Promise<V>): Promise<void>[] =>
    [...new Set(keys)].map(async (key) => {
      answers.set(key, await command(key));
    });
  await Promise.all([
    ...fill(needs.salesforceByPhone, found.salesforceByPhone, (phone) => salesforce.findByPhone(phone)),
    ...fill(needs.sellfireByPhone, found.sellfireByPhone, (phone) => sellfire.leadByPhone(phone)),
    ...fill(needs.sellfireByRecord, found.sellfireByRecord, (id) => sellfire.leadBySalesforceId(id)),
    ...fill(needs.leads, found.leads, (id) => sellfire.leadById(id)),
    ...fill(needs.reps, found.reps, (id) => sellfire.rep(id)),
    ...fill(needs.schedules, found.schedules, (id) => sellfire.schedule(id)),
    ...fill(needs.sales, found.sales, (id) => sellfire.sales(id)),
    ...fill(needs.activities, found.activities, (id) => sellfire.activities(id)),
    ...fill(needs.timeZones, found.timeZones, (id) => salesforce.timeZoneOf(id)),
    salesforce.lookUpForSale(needs.sale, found.sale),
    ...needs.recordStates.map(async ({ object, id }) => {
      found.recordStates.set(id, await salesforce.recordState(object, id));
    }),
    ...needs.conversions.map(async ({ object, id }) => {
      found.conversions.set(id, object === 'Lead' ? null : await salesforce.convertedFrom(object, id));
    }),
    ...needs.records.map(async ({ object, id }) => {
      found.records.set(id, await salesforce.read(object, id));
    }),
  ]);
}
