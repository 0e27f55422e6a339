// Executes the writes of a plan, a function for each kind. Each write is idempotent: a creation in Salesforce is an upsert on the
// lead's id, a creation in Sellfire carries a key made from the record's id, and an update sets the value, not the difference.
import { createHash } from 'node:crypto';
import type { SyncConfig } from '../model/config.ts';
import { PeerError, type Fault } from '../model/fault.ts';
import type { Link } from '../model/link.ts';
import { REQUEST_PREFIX, type Outcome, type Write } from '../model/plan.ts';
import { updateKey } from '../model/updateKey.ts';
import type { SalesforceFields } from '../model/salesforce.ts';
import type { LeadResult, RecordResult, SalesforcePort, SellfirePort } from '../model/ports.ts';
import type { Answer, WriteOf } from '../sync/writes/kind.ts';

export interface Peers {
  salesforce: SalesforcePort;
  sellfire: SellfirePort;
}

/** One attempt at the writes of a turn. */
export interface Attempt {
  /** Differs from one attempt to the next. */
  id: string;
  /** As the writes make it: each value of an update carries the edit of its register. */
  link: Link | undefined;
}

/** What became of the writes of an attempt. */
export interface Executed {
  /** Of those that ended with a result. */
  outcomes: Outcome[];
  /** Of those that ended without one: a PeerError where the call failed as a whole. */
  failures: Error[];
}

/** Resolves when every write has ended, so that none of a failed turn arrives after those of the next. */
export async function execute(
  writes: readonly Write[],
  config: SyncConfig,
  peers: Peers,
  attempt: Attempt,
): Promise<Executed> {
  const ended = await Promise.allSettled(
    writes.map(async (write): Promise<Outcome> => {
      // TypeScript does not see that a write and the function of its own kind belong together.
      const perform = PERFORM[write.kind] as Perform<Write>;
      return { ...(await perform(write, { ...peers, config, attempt })), write };
    }),
  );
  return {
    outcomes: ended.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])),
    failures: ended.flatMap((one) => (one.status === 'rejected' ? [one.reason as Error] : [])),
  };
}

interface Context extends Peers {
  config: SyncConfig;
  attempt: Attempt;
}

type Done = ({ ok: true } & Answer) | { ok: false; fault: Fault; peer?: PeerError['peer'] };
type Perform<W extends Write> = (write: W, context: Context) => Promise<Done>;

const PERFORM: { [K in Write['kind']]: Perform<WriteOf<K>> } = {
  createInSalesforce: async (write, { salesforce, config }) =>
    ofRecord(
      await salesforce.upsert(write.object, config.names.leadId, write.leadId, withState(write), {
        assigns: write.object === 'Lead' && config.settings.runAssignmentRules,
      }),
    ),

  updateInSalesforce: async (write, { salesforce, attempt }) => {
    const parent = write.object === 'Contact' ? attempt.link?.accountId : undefined;
    return ofRecord(await salesforce.update(write.object, write.id, withState(write), { parent }));
  },

  async createInSellfire(write, { sellfire }) {
    const lead = { fields: write.fields, salesforce: write.salesforce };
    // The body is part of the key: a retry without a refused field is another request.
    const key = `${REQUEST_PREFIX}create:${write.recordId}:${digest(lead)}`;
    return ofLead(await sellfire.createLead(key, lead));
  },

  async updateInSellfire(write, { sellfire, attempt }) {
    const change = { fields: write.fields, ...(write.salesforce ? { salesforce: write.salesforce } : {}) };
    const edits = new Map(
      Object.keys(write.fields).flatMap((name) => {
        const register = attempt.link?.fields[name]?.register;
        return register ? [[name, register] as const] : [];
      }),
    );
    const key = updateKey({ attempt: attempt.id, digest: digest(change), edits });
    return ofLead(await sellfire.updateLead(key, write.leadId, change));
  },

  task: async ({ keyField, activityId, fields }, { salesforce }) =>
    ofRecord(await salesforce.upsert('Task', keyField, activityId, fields)),

  saleTransaction: async ({ transaction }, { salesforce }) => salesforce.writeTransaction(transaction.nodes),

  async alert({ key, alert: kind, subject, body, leadId }, { sellfire }) {
    try {
      await sellfire.alert(key, { kind, subject, body, leadId });
      return { ok: true };
    } catch (error) {
      // An alert with this key was sent already, before the lead's events changed.
      if (error instanceof PeerError && error.fault.code === 'IDEMPOTENCY_CONFLICT') return { ok: true };
      if (error instanceof PeerError) return { ok: false, fault: error.fault, peer: error.peer };
      throw error;
    }
  },
};

/** The fields of the state go with those of the record (M35). */
const withState = ({ fields, state }: WriteOf<'createInSalesforce' | 'updateInSalesforce'>): SalesforceFields => ({
  ...fields,
  ...state,
});

const ofRecord = (result: RecordResult): Done => (result.ok ? { ok: true, id: result.id } : result);
const ofLead = (result: LeadResult): Done => (result.ok ? { ok: true, lead: result.lead } : result);

const digest = (body: unknown): string =>
  createHash('sha256').update(JSON.stringify(body)).digest('base64url').slice(0, 22);
