// Adds, changes, lists and removes connections of a deployment, whether or not it runs: its processes look every second what there is.
// An interruption leaves a connection that is there or not, or one whose removal is completed by the next attempt.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../config.ts';
import { connectJwt } from '../connection/connect.ts';
import { forgetConnection, leftWords } from '../connection/disconnected.ts';
import type { Connected } from '../http/signIn.ts';
import { explain } from '../model/catalogue/catalogue.ts';
import { inWords } from '../model/catalogue/entry.ts';
import { BridgeError } from '../model/fault.ts';
import { openStore } from '../store/open.ts';
import type { Store } from '../store/store.ts';
import type { Deployment } from './deployment.ts';
import { checkName, newEntry, pathOf, type Entry } from './entry.ts';
import { accountOf, configOf, environmentOf, openOwn, readOwn, sealOwn } from './ownEnvironment.ts';
import { openRegistry, type Listed, type Registry } from './registry.ts';

/** @param publicUrl of the deployment */
export interface Place {
  deployment: Deployment;
  publicUrl: string;
}

async function withRegistry<T>(deployment: Deployment, work: (registry: Registry) => Promise<T>): Promise<T> {
  const registry = await openRegistry(deployment);
  try {
    return await work(registry);
  } finally {
    await registry.close();
  }
}

export interface Added {
  /** Of the connection. */
  url: string;
  /** Variables that were given and mean nothing for a connection. */
  leftOut: string[];
}

/**
 * @param text of an environment file
 * @throws BridgeError CONNECTION_NAME_INVALID, CONFIG_INVALID, CONNECTION_EXISTS, ACCOUNT_CONNECTED; then nothing has changed
 */
export async function addConnection({ deployment, publicUrl }: Place, name: string, text: string): Promise<Added> {
  const entry = newEntry(name);
  const { own, leftOut } = readOwn(text);
  const account = accountOf(configOf(deployment, publicUrl, entry, own));
  await withRegistry(deployment, (registry) => registry.add(entry, sealOwn(deployment, entry, own), account));
  return { url: `${publicUrl}${pathOf(entry)}`, leftOut };
}

/**
 * Gives a connection another configuration; what seals its store and signs its webhooks stays where it is not given.
 * @throws BridgeError CONNECTION_UNKNOWN, CONFIG_INVALID, ACCOUNT_CONNECTED, CONNECTION_SEALED; then nothing has changed
 */
export async function changeConnection({ deployment, publicUrl }: Place, name: string, text: string): Promise<Added> {
  return withRegistry(deployment, async (registry) => {
    const found = await known(registry, name);
    const before = openOwn(deployment, found, found.sealed).own;
    const { own, leftOut } = readOwn(text, before);
    const account = accountOf(configOf(deployment, publicUrl, found, own));
    await registry.change(name, sealOwn(deployment, found, own), account);
    return { url: `${publicUrl}${pathOf(found)}`, leftOut };
  });
}

/** @throws BridgeError STORE_UNUSABLE */
export const listConnections = (deployment: Deployment): Promise<Listed[]> =>
  withRegistry(deployment, (registry) => registry.list(deployment.leaseMs));

/** The environment of a connection, for a command that is about it alone. @throws BridgeError CONNECTION_UNKNOWN, CONNECTION_SEALED */
export async function environmentFor({ deployment, publicUrl }: Place, name: string): Promise<Record<string, string>> {
  return withRegistry(deployment, async (registry) => {
    const found = await known(registry, name);
    return environmentOf(deployment, publicUrl, found, openOwn(deployment, found, found.sealed).own);
  });
}

/** Signs a connection in with its key; a command. @throws BridgeError ORG_ELSEWHERE and what a bridge of its own throws */
export const connectWithKeyOf = (deployment: Deployment, name: string, config: Config): Promise<Connected> =>
  withRegistry(deployment, (registry) => connectJwt(config, (org) => registry.claimOrg(name, org)));

const LOOK_MS = 250;
/** ms beyond a graceful stop and a lease: then its process stands still. */
const GRACE_MS = 15_000;

/**
 * Removes a connection: its process ends, its sign-in is revoked, its store and its configuration are deleted.
 * @returns what may be left to do, in sentences
 * @throws BridgeError CONNECTION_UNKNOWN, CONNECTION_BUSY: it does not run any more once its process has ended; the removal has to be run again
 */
export async function removeConnection({ deployment, publicUrl }: Place, name: string): Promise<string[]> {
  return withRegistry(deployment, async (registry) => {
    const found = await known(registry, name);
    await registry.markRemoving(name);
    let config: Config;
    try {
      config = configOf(deployment, publicUrl, found, openOwn(deployment, found, found.sealed).own);
    } catch (error) {
      // What cannot be read cannot be revoked either; it is removed all the same.
      if (!(error instanceof BridgeError)) throw error;
      await registry.remove(found);
      return [`Its sign-in could not be revoked: ${error.message} Revoke it in Salesforce.`];
    }
    const store = await openWithin(config, found, deployment.shutdownSeconds * 1000 + deployment.leaseMs + GRACE_MS);
    try {
      const left = await revokeAll(config, store);
      // While this process has the store no other one opens it.
      await registry.remove(found);
      return left;
    } finally {
      await store.close().catch(() => undefined);
    }
  });
}

async function revokeAll(config: Config, store: Store): Promise<string[]> {
  const left: string[] = [];
  for (const stored of await store.connections()) {
    left.push(...leftWords(await forgetConnection(config, store, stored, 'bridge')).map(inWords));
  }
  return left;
}

/** The process of the connection is just being stopped. @throws BridgeError CONNECTION_BUSY */
async function openWithin(config: Config, { name }: Entry, ms: number): Promise<Store> {
  const until = performance.now() + ms;
  for (;;) {
    try {
      return await openStore(config);
    } catch (error) {
      if (!(error instanceof BridgeError) || error.code !== 'STORE_IN_USE') throw error;
      if (performance.now() > until)
        throw new BridgeError(explain('CONNECTION_BUSY', { name, seconds: Math.round(ms / 1000) }));
      await sleep(LOOK_MS);
    }
  }
}

/** @throws BridgeError CONNECTION_NAME_INVALID, CONNECTION_UNKNOWN */
async function known(registry: Registry, name: string): Promise<Entry & { sealed: string }> {
  checkName(name);
  const found = await registry.find(name);
  if (!found) throw new BridgeError(explain('CONNECTION_UNKNOWN', { name }));
  return found;
}
