// Carries out the writes of a plan. Each is idempotent: a creation in Salesforce is an upsert on the lead's id, a creation in
// Sellfire carries a key made from the record's id, and an update says the value, not the difference.
import { createHash } from 'node:crypto';
import type { SyncConfig } from '../model/config.ts';
import { REQUEST_PREFIX, type Outcome, type Write } from '../model/plan.ts';
import { PeerError } from '../model/fault.ts';
import type { SalesforcePort, SellfirePort } from '../model/ports.ts';

export interface Peers {
  salesforce: SalesforcePort;
  sellfire: SellfirePort;
}

export function execute(
  writes: readonly Write[],
  config: SyncConfig,
  peers: Peers,
  attempt: string,
): Promise<Outcome[]> {
  return Promise.all(writes.map((write) => perform(write, config, peers, attempt)));
}

async function perform(write: Write, config: SyncConfig, peers: Peers, attempt: string): Promise<Outcome> {
  switch (write.kind) {
    case 'createInSalesforce':
      return ofSalesforce(
        write,
        await peers.salesforce.upsert(write.object, config.names.leadId, write.leadId, write.fields),
      );
    case 'updateInSalesforce':
      return ofSalesforce(write, await peers.salesforce.update(write.object, write.id, write.fields));
    case 'createInSellfire': {
      const lead = { fields: write.fields, salesforce: write.salesforce };
      // The body is part of the key: what is tried again without a refused field is another request.
      const key = `${REQUEST_PREFIX}create:${write.recordId}:${digest(lead)}`;
      return ofSellfire(write, await peers.sellfire.createLead(key, lead));
    }
    case 'updateInSellfire': {
      const change = { fields: write.fields, ...(write.salesforce ? { salesforce: write.salesforce } : {}) };
      const key = `${REQUEST_PREFIX}update:${attempt}:${digest(change)}`;
      return ofSellfire(write, await peers.sellfire.updateLead(key, write.leadId, change));
    }
    case 'task': {
      const { keyField, activityId, fields } = write;
      return ofSalesforce(write, await peers.salesforce.upsert('Task', keyField, activityId, fields));
    }
    case 'saleTransaction': {
      const result = await peers.salesforce.writeTransaction(write.transaction.nodes);
      return result.ok ? { ok: true, write, ids: result.ids } : { ok: false, write, fault: result.fault };
    }
    case 'alert':
      try {
        await peers.sellfire.alert(write.key, {
          kind: write.alert,
          subject: write.subject,
          body: write.body,
          leadId: write.leadId,
        });
        return { ok: true, write };
      } catch (error) {
        // The alert of this key was sent already, before the lead's events had changed.
        if (error instanceof PeerError && error.fault.code === 'IDEMPOTENCY_CONFLICT') return { ok: true, write };
        if (error instanceof PeerError) return { ok: false, write, fault: error.fault, peer: error.peer };
        throw error;
      }
  }
}

function ofSalesforce(write: Write, result: Awaited<ReturnType<SalesforcePort['update']>>): Outcome {
  return result.ok ? { ok: true, write, id: result.id } : { ok: false, write, fault: result.fault };
}

function ofSellfire(write: Write, result: Awaited<ReturnType<SellfirePort['updateLead']>>): Outcome {
  return result.ok ? { ok: true, write, lead: result.lead } : { ok: false, write, fault: result.fault };
}

const digest = (body: unknown): string =>
  createHash('sha256').update(JSON.stringify(body)).digest('base64url').slice(0, 22);
