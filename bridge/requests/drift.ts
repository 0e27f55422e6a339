// Finds the links whose sides hold a value that the link does not know, where the links are too many to compare each
// one. Records are read by the Bulk API and leads 200 at a time, and only links with drift are compared.
import type { SyncConfig } from '../model/config.ts';
import type { Link } from '../model/link.ts';
import { PERSON_OBJECTS } from '../model/salesforce.ts';
import { largeQuery } from '../salesforce/api/largeQuery.ts';
import { identifier } from '../salesforce/api/soql.ts';
import { hasUndelivered, leadHasDrift, recordHasDrift } from '../sync/fields/drift.ts';
import { mappedFields } from '../sync/mapping/rules.ts';
import { isMasked } from '../sync/mapping/typeTable.ts';
import { batches } from './importFile.ts';
import { linkPages } from './linkTargets.ts';
import { waitingOf, type RequestContext, type Run } from './request.ts';

/**
 * @returns ids of the leads
 * @throws PeerError, or the reason of the run's stop
 */
export async function findDrift(run: Run, context: RequestContext): Promise<ReadonlySet<string>> {
  const config = context.config();
  const total = (await context.store.counts(context.connection)).links;
  const equal = await equalRecords(run, context, config);
  const differing = new Set<string>();
  let done = 0;
  for await (const { links } of linkPages(context, undefined)) {
    run.signal.throwIfAborted();
    await Promise.all(
      links.map(async (link) => {
        if (!(await isKnown(context, config, link, equal))) differing.add(link.leadId);
      }),
    );
    done += links.length;
    run.reportProgress({ total: Math.max(total, done), done, failed: 0 });
  }
  return differing;
}

/**
 * Ids of the Leads and Contacts whose values equal those of their links. Only records with a lead id are read; a linked
 * record without one is compared individually.
 */
async function equalRecords(run: Run, context: RequestContext, config: SyncConfig): Promise<ReadonlySet<string>> {
  const { store, connection, rest } = context;
  const equal = new Set<string>();
  for (const object of PERSON_OBJECTS) {
    const columns = mappedFields(config, [object]).flatMap(({ salesforce }) =>
      isMasked(salesforce) ? [] : [salesforce.name],
    );
    const where = [...(object === 'Lead' ? ['IsConverted = false'] : []), `${identifier(config.names.leadId)} != null`];
    for await (const rows of batches(largeQuery(rest, { object, columns, where }, waitingOf(run, context)))) {
      await Promise.all(
        rows.map(async (row) => {
          const id = String(row['Id']);
          const link = await store.linkOfRecord(connection, id);
          if (link?.record?.id === id && !recordHasDrift(config, link, object, row)) equal.add(id);
        }),
      );
    }
  }
  return equal;
}

async function isKnown(
  { peers, sellfire }: RequestContext,
  config: SyncConfig,
  link: Link,
  equal: ReadonlySet<string>,
): Promise<boolean> {
  if (!link.record && !link.accountId) return true;
  if (hasUndelivered(link) || (link.record && !equal.has(link.record.id))) return false;
  if (leadHasDrift(config, link, await sellfire.leadById(link.leadId))) return false;
  // Accounts are few compared with leads, and one may belong to several: 200 in a call.
  if (!link.accountId || mappedFields(config, ['Account']).length === 0) return true;
  const account = await peers.salesforce.read('Account', link.accountId);
  return account !== null && !recordHasDrift(config, link, 'Account', account.fields);
}
