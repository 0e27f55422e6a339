// The store is lost when everything was carried over (M34): people go on, the bridge starts with an empty store behind what they do, and an admin has
// the links restored; then events come again.
import { auditRestored, type RestoredField, type RestoredPair } from '../audit/restored.ts';
import { ORG_ID } from '../configuration.ts';
import { settle } from '../history.ts';
import { PERSON } from '../randomEdits.ts';
import type { SimRecord } from '../saves.ts';
import type { Simulation } from '../simulation.ts';
import type { Feature } from './feature.ts';

/** Records have whole seconds: further apart than one, ms. */
const APART = 3_000;
const FIELDS = ['business_name', 'last_name', 'city'];

type Phase = 'lost' | 'later';

interface Held {
  leadId: string;
  record: SimRecord;
  fields: { name: string; theirName: string; mine: unknown; theirs: unknown; set: Record<Phase, unknown[]> }[];
  isRecordChanged: boolean;
}

/** Pairs that know each other, with their fields that go both ways. */
function pairsOf({ store, org, dialer, config }: Simulation): Held[] {
  return store.allLinks(ORG_ID).flatMap(({ leadId, record: linked, ended }) => {
    const lead = dialer.leads.find(leadId);
    const record = linked && org.get(linked.id);
    if (!lead || lead.deleted_at !== null || !linked || !record || ended) return [];
    const named = linked.object === 'Lead' ? lead.salesforce.lead_id : lead.salesforce.contact_id;
    if (named !== record.id || record.fields['Sellfire_Lead_Id__c'] !== leadId || record.fields['IsConverted'])
      return [];
    if (linked.object === 'Lead' && lead.salesforce.contact_id !== null) return [];
    const fields = config.mappings.flatMap((one) => {
      const { salesforceObject, salesforceField: theirName, sellfireField: name, rule, triggers } = one;
      if (salesforceObject !== record.object || rule !== 'TwoWay' || !triggers.includes('createUpdate')) return [];
      if (!FIELDS.includes(name)) return [];
      return [
        {
          name,
          theirName,
          mine: lead.fields[name] ?? null,
          theirs: record.fields[theirName] ?? null,
          set: { lost: [], later: [] },
        },
      ];
    });
    return [{ leadId, record, fields, isRecordChanged: false }];
  });
}

/** People change some fields of some pairs, each on one side or on both. */
function change(simulation: Simulation, pairs: readonly Held[], phase: Phase): void {
  const { random, dialer, org } = simulation;
  for (const pair of pairs)
    for (const field of pair.fields)
      for (const side of ['sellfire', 'salesforce']) {
        if (!random.chance(0.2)) continue;
        const value = `${phase}${random.between(1, 9)}`;
        if (side === 'sellfire') dialer.desk.editLead(pair.leadId, { [field.name]: value });
        else org.update(pair.record.id, { [field.theirName]: value }, PERSON);
        if (side === 'salesforce' && phase === 'lost') pair.isRecordChanged = true;
        field.set[phase].push(value);
        simulation.pass(APART);
      }
}

function restoredPair(
  { store, org, dialer }: Simulation,
  { leadId, record, fields, isRecordChanged }: Held,
): RestoredPair {
  const [lead, now] = [dialer.leads.find(leadId), org.get(record.id)];
  return {
    ...{ leadId, recordId: record.id },
    linkedTo: store.allLinks(ORG_ID).find((one) => one.leadId === leadId)?.record?.id,
    fields: fields.map(({ name, theirName, mine, theirs, set }): RestoredField => {
      const after = { mine: lead?.fields[name] ?? null, theirs: now?.fields[theirName] ?? null };
      return { name, before: { mine, theirs }, after, set, isRecordChanged };
    }),
  };
}

async function restore(simulation: Simulation): Promise<string[]> {
  const { org, dialer, clocks, config } = simulation;
  const { updateInSalesforce, updateInSellfire } = config.settings;
  if (!updateInSalesforce || !updateInSellfire || simulation.paused) return [];
  // What the edits meanwhile are ordered by.
  const latest = Math.max(clocks.salesforce, clocks.sellfire, clocks.bridge);
  simulation.advanceClock('salesforce', latest - clocks.salesforce);
  simulation.advanceClock('sellfire', latest - clocks.sellfire);
  clocks.bridge = latest;
  org.rules.clear();
  org.automations.clear();
  const pairs = pairsOf(simulation);
  const countOf = (): string =>
    `${org.live('Lead').length} Leads, ${org.live('Contact').length} Contacts, ${[...dialer.leads.live()].length} leads`;
  const before = countOf();
  simulation.pass(APART);
  const since = simulation.now + latest;
  simulation.pass(APART);
  change(simulation, pairs, 'lost');
  await simulation.loseStore();
  const request = async (): Promise<void> => {
    await simulation.command(
      ...pairs.map(({ leadId, record: { object, id } }) => ({
        leadId,
        record: { object: object as 'Lead' | 'Contact', id },
        command: { kind: 'restoreLink' as const, since },
      })),
    );
    await settle(simulation);
  };
  await request();
  change(simulation, pairs, 'later');
  await settle(simulation);
  const problems = pairs.flatMap((pair) => auditRestored(restoredPair(simulation, pair)));
  const after = countOf();
  if (before !== after) problems.push(`M34: ${before} became ${after} as links were restored.`);
  const written = [org.stream.length, dialer.feed.lastSequence].join();
  await request();
  if (written !== [org.stream.length, dialer.feed.lastSequence].join())
    problems.push('M34: to restore links again has written something.');
  return problems;
}

export const RESTORES: Feature = { name: 'restores', ask: restore };
