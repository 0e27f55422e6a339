// Faults of the database as the bridge says them, without the password of its address.
import { isNativeError } from 'node:util/types';
import { explain } from '../../model/catalogue/catalogue.ts';
import { BridgeError } from '../../model/fault.ts';
import { StaleLinkError } from '../store.ts';

/** Where the database is, for messages: `db.example:5432/bridge`. */
export function placeOf(url: string): string {
  const { hostname, port, pathname } = new URL(url);
  return `${hostname}:${port || '5432'}${pathname}`;
}

/**
 * Classes of SQLSTATE that an operator mends: connection, a transaction that stood still, sign-in, a lock that is held, resources,
 * intervention, system, internal (PostgreSQL documentation, appendix A).
 */
const OPERATORS = ['08', '25P03', '28', '3D', '42501', '53', '55P03', '57', '58', 'XX'];

/** A call that breaks a constraint, or whose values do not fit, fails by itself; anything else is the database's. */
export function explained(error: unknown, place: string): unknown {
  if (error instanceof BridgeError || error instanceof StaleLinkError || !isNativeError(error)) return error;
  const state = 'severity' in error && 'code' in error ? String(error.code) : undefined;
  if (state !== undefined && !OPERATORS.some((start) => state.startsWith(start))) return error;
  return new BridgeError(explain('STORE_UNUSABLE.database', { place, cause: error.message || error.name }), {
    cause: error,
  });
}
