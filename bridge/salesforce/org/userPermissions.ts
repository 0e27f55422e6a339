// Reads which user permissions somebody has by all their permission sets, their profile's among them.
import { z } from 'zod';
import { PeerError } from '../../model/fault.ts';
import type { Rest } from '../api/rest.ts';
import { identifier, text } from '../api/soql.ts';

const permissionSetsSchema = z.object({ records: z.array(z.record(z.string(), z.unknown())) });

/**
 * One API call. Source: Object Reference, "PermissionSet": a profile has a permission set of its own.
 * @param names of the permissions that are asked for, as `ModifyAllData`
 * @returns those that the user has; undefined where the connected user may not read permission sets
 * @throws PeerError
 */
export async function readUserPermissions(
  rest: Rest,
  userId: string,
  names: readonly string[],
): Promise<string[] | undefined> {
  const columns = names.map((name) => identifier(`Permissions${name}`));
  const q = `SELECT ${columns.join(', ')} FROM PermissionSet WHERE Id IN (SELECT PermissionSetId FROM PermissionSetAssignment WHERE AssigneeId = ${text(userId)})`;
  try {
    const sets = await rest.call({ method: 'GET', path: '/query', query: { q }, schema: permissionSetsSchema });
    return names.filter((name) => sets.records.some((set) => set[`Permissions${name}`] === true));
  } catch (error) {
    if (error instanceof PeerError && error.fault.class === 'record') return undefined;
    throw error;
  }
}
