// Writes states and countries by their codes where the org keeps them so. An update reads the country of its record first: a state that
// comes without one is refused, and a country that stands there is not replaced.
import type { SyncConfig } from '../model/config.ts';
import type { Fault } from '../model/fault.ts';
import type { TransactionResult } from '../model/ports.ts';
import type { SalesforceFields, SalesforceObject } from '../model/salesforce.ts';
import type { TransactionNode } from '../model/saleTransaction.ts';
import type { Records } from '../salesforce/api/records.ts';
import { inCodes, namedAsMapped, needsCountry } from '../sync/mapping/regionCodes.ts';

type Result = { ok: true } | { ok: false; fault: Fault };

export interface RegionWrites {
  /** @param id of the record; absent for one that may be new */
  write<R extends Result>(
    object: string,
    id: string | undefined,
    fields: SalesforceFields,
    send: (coded: SalesforceFields) => Promise<R>,
  ): Promise<R>;
  writeNodes(
    nodes: readonly TransactionNode[],
    send: (coded: readonly TransactionNode[]) => Promise<TransactionResult>,
  ): Promise<TransactionResult>;
}

export function createRegionWrites(records: Pick<Records, 'retrieve'>, config: () => SyncConfig): RegionWrites {
  const describedOf = (object: string): SalesforceObject | undefined => config().objects[object];

  async function coded<F extends SalesforceFields | TransactionNode['fields']>(
    object: string,
    id: string | undefined,
    fields: F,
  ): Promise<F> {
    const described = describedOf(object);
    const country = id === undefined ? undefined : needsCountry(described, fields);
    const row = id !== undefined && country !== undefined ? await records.retrieve(object, id, [country]) : null;
    return inCodes(described, fields, config().country, (country && row?.[country]) ?? null) as F;
  }

  const asMapped = (fault: Fault, object: string, fields: Record<string, unknown>): Fault => ({
    ...fault,
    fields: namedAsMapped(describedOf(object), fault.fields, fields),
  });

  return {
    async write(object, id, fields, send) {
      const result = await send(await coded(object, id, fields));
      return result.ok ? result : { ...result, fault: asMapped(result.fault, object, fields) };
    },
    async writeNodes(nodes, send) {
      const result = await send(
        await Promise.all(
          nodes.map(async (node) => ({
            ...node,
            fields: await coded(node.object, node.op.kind === 'update' ? node.op.id : undefined, node.fields),
          })),
        ),
      );
      const refused = result.ok ? undefined : nodes.find(({ ref }) => ref === result.fault.node);
      if (result.ok || !refused) return result;
      return { ...result, fault: asMapped(result.fault, refused.object, refused.fields) };
    },
  };
}
