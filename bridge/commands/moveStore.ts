// Moves the store of a bridge that is stopped from its file to the database of DATABASE_URL.
import type { Config } from '../config.ts';
import { explain } from '../model/catalogue/catalogue.ts';
import { BridgeError } from '../model/fault.ts';
import type { Moved } from '../store/move/move.ts';

/** @throws BridgeError CONFIG_INVALID without DATABASE_URL, and what the move throws */
export async function moveStoreToDatabase(config: Config, say: (line: string) => void): Promise<Moved> {
  const { databaseFile: file, databaseUrl: url, leaseMs } = config;
  if (url === undefined)
    throw new BridgeError(
      explain('CONFIG_INVALID.one', { problems: '- DATABASE_URL is required: where the store goes' }),
    );
  const { moveStore } = await import('../store/move/move.ts');
  return moveStore({ file, url, leaseMs, say });
}
