// An error that the store's thread has thrown arrives at the thread that uses it as what it was.
import { describe, expect, it } from '@jest/globals';
import { explain } from '../../../bridge/model/catalogue/catalogue.ts';
import { BridgeError } from '../../../bridge/model/fault.ts';
import { toError, toFailure } from '../../../bridge/store/sqlite/messages.ts';
import { RecordClaimedError, StaleLinkError } from '../../../bridge/store/store.ts';

describe('a message of the store', () => {
  it('carries an error with its class and what it names', () => {
    const claimed = new RecordClaimedError('00Q000000000001EAA', 'lead-1', 'lead-2');
    const bridge = new BridgeError(explain('STORE_CLOSED'), { cause: new Error('why') });
    for (const error of [new StaleLinkError('lead-1'), claimed, bridge]) {
      // As the engine copies it from one thread to the other.
      const received = toError(structuredClone(toFailure(error)));
      expect(received).toBeInstanceOf(error.constructor);
      expect(received).toMatchObject({ name: error.name, message: error.message });
    }
    expect(toError(toFailure(claimed))).toMatchObject({ recordId: '00Q000000000001EAA', holder: 'lead-2' });
    expect(toError(toFailure(bridge))).toMatchObject({ code: 'STORE_CLOSED', action: bridge.action });
  });
});
