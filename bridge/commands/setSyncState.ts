// Starts, pauses or resumes the sync of an org from the command line (B20), with a signed call to the running bridge.
import type { Config } from '../config.ts';
import { controlOutcomeSchema, sendControl, type ControlOutcome } from '../http/control.ts';
import { explain } from '../model/catalogue/catalogue.ts';
import { BridgeError } from '../model/fault.ts';
import type { SyncState } from '../model/syncState.ts';

/** @param url of the running bridge. @returns what came of it @throws BridgeError BRIDGE_UNREACHABLE, CONTROL_REFUSED, STANDS_BY */
export async function setSyncState(
  config: Config,
  url: string,
  orgId: string,
  state: SyncState['state'],
): Promise<ControlOutcome> {
  let answer;
  try {
    answer = await sendControl(url, config.sellfire.webhookSecret, orgId, state);
  } catch (cause) {
    throw new BridgeError(explain('BRIDGE_UNREACHABLE', { url }), { cause });
  }
  if (answer.ok) return controlOutcomeSchema.parse(await answer.json());
  if (answer.status === 503) throw new BridgeError(explain('STANDS_BY'));
  throw new BridgeError(
    answer.status === 404
      ? explain('CONTROL_REFUSED.notConnected', { id: orgId, url })
      : explain('CONTROL_REFUSED.notSigned', { url, status: answer.status }),
  );
}
