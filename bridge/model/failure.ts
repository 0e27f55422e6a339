// A failure as a message for an admin: what failed, in the words of the catalogue, with what to do where that is known.
import { explainFault } from './catalogue/catalogue.ts';
import type { Value } from './catalogue/entry.ts';
import { BridgeError, PEER_NAMES, PeerError, type Peer } from './fault.ts';
import { asMessage, say, type Message } from './message.ts';

/** A name is the same in every language; what is no name has a label. */
const peerOf = (peer: Peer): Value => {
  if (peer === 'mail') return say('theMailServer');
  return peer === 'webhook' ? say('theWebhook') : PEER_NAMES[peer];
};

/** A peer's own sentence stays as the peer wrote it; what surrounds it, and the remedy, have labels. */
export function failureMessage(error: unknown): Message {
  if (error instanceof BridgeError) {
    const message = asMessage(error.explanation);
    return { ...message, sentence: `${error.code}: ${message.sentence}` };
  }
  if (error instanceof PeerError) {
    const { code } = error.fault;
    return say('peerAnswered', { peer: peerOf(error.peer), code, message: asMessage(explainFault(error.fault)) });
  }
  return say('other', { text: error instanceof Error ? error.message : String(error) });
}
