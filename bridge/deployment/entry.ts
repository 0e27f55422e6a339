// A connection of a deployment: its name, the part of its addresses that nobody can guess, and where its store is.
import { randomBytes } from 'node:crypto';
import { connectionName } from '../config/values.ts';
import { explain } from '../model/catalogue/catalogue.ts';
import { BridgeError } from '../model/fault.ts';

/** What finds and places a connection. */
export interface Entry {
  name: string;
  /** 26 characters of base32 (128 bits): `/c/<route>` leads to the connection. Whoever does not know it learns nothing of it. */
  route: string;
  /** The name of its schema, or of its folder. No two connections ever have the same, one that was removed included. */
  place: string;
  /** Grows with every change of its configuration. */
  revision: number;
  isRemoving: boolean;
}

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';
const ROUTE_LENGTH = 26;
/** Enough to tell a connection from one of the same name that was removed. */
const PLACE_SUFFIX = 8;

/** @throws BridgeError CONNECTION_NAME_INVALID */
export function newEntry(name: string): Entry {
  checkName(name);
  const route = [...randomBytes(ROUTE_LENGTH)].map((byte) => BASE32[byte & 31]).join('');
  return {
    name,
    route,
    place: `bridge_${name.replaceAll('-', '_')}_${route.slice(0, PLACE_SUFFIX)}`,
    revision: 1,
    isRemoving: false,
  };
}

/** @throws BridgeError CONNECTION_NAME_INVALID */
export function checkName(name: string): void {
  if (!connectionName.safeParse(name).success) throw new BridgeError(explain('CONNECTION_NAME_INVALID'));
}

/** The path of the addresses of a connection, below the address of the deployment. */
export const pathOf = ({ route }: Pick<Entry, 'route'>): string => `/c/${route}`;
