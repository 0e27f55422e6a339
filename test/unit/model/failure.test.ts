// What failed, said in the reader's language: only the sentence of a peer stays as it came.
import { describe, expect, it } from '@jest/globals';
import { failureMessage } from '../../../bridge/model/failure.ts';
import { explain } from '../../../bridge/model/catalogue/catalogue.ts';
import { BridgeError, PeerError, type Fault, type Peer } from '../../../bridge/model/fault.ts';
import { asMessage, type Message } from '../../../bridge/model/message.ts';
import { faultOfNetwork, faultOfResponse } from '../../../bridge/salesforce/faults.ts';
import {
  faultOfAnswer,
  faultOfBrokenAnswer,
  faultOfSilence,
  faultOfUnreadLead,
} from '../../../bridge/sellfire/faults.ts';

/** The texts that no label covers, from the outside in. */
function asItIs({ code, args }: Message): string[] {
  return args.flatMap((arg) => (typeof arg === 'object' ? asItIs(arg) : code === 'other' ? [String(arg)] : []));
}

const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });

describe('a failure as a message', () => {
  it.each<[string, Peer, Fault]>([
    ['no answer of Sellfire', 'sellfire', faultOfSilence(refused)],
    ['no answer of Salesforce', 'salesforce', faultOfNetwork(refused, true)],
    ['a key that is refused', 'sellfire', faultOfAnswer(401, '')],
    ['a gateway that is tired', 'sellfire', faultOfAnswer(502, '<html>')],
    ['a gateway that counts', 'sellfire', faultOfAnswer(429, '')],
    ['a body that is too large', 'sellfire', faultOfAnswer(413, '')],
    ['something else at the address', 'sellfire', faultOfAnswer(404, '<html>')],
    ['an answer beside the contract', 'sellfire', faultOfBrokenAnswer('getLead', 'fields.city')],
    ['an answer of another shape', 'sellfire', faultOfBrokenAnswer('getLead', '')],
    ['a lead that cannot be read', 'sellfire', faultOfUnreadLead('phone')],
  ])('has labels for %s', (_what, peer, fault) => {
    const message = failureMessage(new PeerError(peer, fault));
    expect(asItIs(message)).toEqual([]);
    expect(message.sentence).toContain(fault.message);
  });

  it('leaves the sentence of a peer as the peer wrote it, and has a label for the remedy', () => {
    const body = JSON.stringify([{ errorCode: 'STRING_TOO_LONG', message: 'City: data value too large' }]);
    const message = failureMessage(new PeerError('salesforce', faultOfResponse(400, body, true)));
    expect(asItIs(message)).toEqual(['City: data value too large.']);
    expect(message.sentence).toContain('Shorten it in Sellfire');
  });

  it('names a peer that has no name by a label', () => {
    const fault: Fault = { class: 'retry', code: 'MAIL_AWAY', message: 'Gone.', fields: [], unknownOutcome: false };
    expect(failureMessage(new PeerError('mail', fault)).args[0]).toMatchObject({ code: 'theMailServer' });
    expect(failureMessage(new PeerError('webhook', fault)).args[0]).toMatchObject({ code: 'theWebhook' });
  });

  it('keeps the words of the bridge through an error that is thrown on', () => {
    const why = explain('RECORD_NOT_VISIBLE', { object: 'Lead', id: '00Q' });
    expect(failureMessage(new BridgeError(why)).code).toBe(asMessage(why).code);
    const error = new BridgeError({ code: 'X', sentence: 'Said the peer.', action: 'Do.', remedy: 'remedy.record' });
    expect(asItIs(failureMessage(error))).toEqual(['Said the peer.']);
  });
});
