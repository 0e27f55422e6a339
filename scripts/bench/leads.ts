// The records that travel: Leads made in the org, which the bridge creates in Sellfire and links.
import { until } from '../../test/helpers/until.ts';
import type { DialerClient } from './dialer.ts';
import type { OrgClient } from './org.ts';
import type { BridgeProcess } from './system.ts';

export interface LinkedLead {
  recordId: string;
  leadId: string;
}

/** Nothing here takes longer than a few seconds; a minute without an end is a hang. */
export const PATIENCE_MS = 60_000;
/** Between two looks at what is not measured by them: they cost the parts as little as possible. */
export const LOOK_MS = 50;

/** @returns the linked pairs, and how long the creation took: from the first commit to the last lead seen in Sellfire. */
export async function createLinkedLeads(
  org: OrgClient,
  dialer: DialerClient,
  count: number,
): Promise<{ leads: LinkedLead[]; ms: number }> {
  const from = await dialer.end();
  const began = Date.now();
  await org.create(
    Array.from({ length: count }, (_, index) => ({
      FirstName: 'Bench',
      LastName: `Lead ${index}`,
      Company: `Company ${index}`,
      // Ten thousand numbers of one exchange in Chicago: each lead has its own.
      Phone: `+1312234${String(index).padStart(4, '0')}`,
      Title: `made ${index}`,
    })),
  );
  await until('every Lead is in Sellfire', async () => (await dialer.end()) - from >= count, PATIENCE_MS, LOOK_MS);
  const created = (await dialer.events(from)).filter(({ type }) => type === 'lead.created');
  const leads = created.flatMap(({ lead }) =>
    lead?.salesforce.lead_id ? [{ recordId: lead.salesforce.lead_id, leadId: lead.id }] : [],
  );
  if (leads.length !== count) throw new Error(`${leads.length} of ${count} Leads were created in Sellfire.`);
  return { leads, ms: Math.max(...created.map(({ occurred_at }) => Date.parse(occurred_at))) - began };
}

/** Waits until the bridge has nothing left to do: also what the last write called back from the other side. */
export async function quiet(bridge: BridgeProcess): Promise<void> {
  let looks = 0;
  await until(
    'the bridge has nothing left to do',
    async () => {
      const waiting = (await bridge.metric('inbox_pending')) + (await bridge.metric('reports_pending'));
      looks = waiting === 0 ? looks + 1 : 0;
      return looks === 3;
    },
    PATIENCE_MS,
    250,
  );
}
