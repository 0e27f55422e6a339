// A message between the store's thread and its user arrives as it was sent, whatever its texts and numbers hold.
import { describe, expect, it } from '@jest/globals';
import { explain } from '../../../bridge/model/catalogue/catalogue.ts';
import { BridgeError } from '../../../bridge/model/fault.ts';
import {
  pack,
  toError,
  toFailure,
  unpack,
  type Request,
  type Response,
} from '../../../bridge/store/sqlite/messages.ts';
import { RecordClaimedError, StaleLinkError } from '../../../bridge/store/store.ts';

/** What arrives of a value that a call answers with. */
function arrived(value: unknown): unknown {
  const response = unpack<Response>(pack({ kind: 'answers', answers: [{ id: 1, ok: true, value }] }));
  const [answer] = response.kind === 'answers' ? response.answers : [];
  if (!answer?.ok) throw new Error('The message is not the answer that was sent.');
  return answer.value;
}

describe('a message of the store', () => {
  it.each<[string, unknown]>([
    ['null', null],
    ['nothing', undefined],
    ['no text', ''],
    ['line breaks, quotes and NUL', 'a\r\n"b"\\\u2028\u0000'],
    ['characters of four bytes', '𝔄 😀 👩‍👩‍👧'],
    ['half of a surrogate pair', 'cut \uD83D here and \uDE00'],
    ['the largest whole numbers', [Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER]],
    ['numbers with exponents', [1e308, 5e-324, 0.1 + 0.2]],
    ['truths', [true, false]],
    ['a member called __proto__', JSON.parse('{"__proto__":{"a":1},"constructor":"x"}')],
  ])('carries %s', (_what, value) => {
    expect(arrived(value)).toEqual(value);
    expect(arrived({ fields: [value ?? null] })).toEqual({ fields: [value ?? null] });
  });

  it('leaves out a member that is undefined, and makes null of an argument that is', () => {
    expect(Object.keys(arrived({ key: 'lead-1', link: undefined }) as object)).toEqual(['key']);
    const calls: Request = [{ id: 1, method: 'pendingKeys', args: ['org', 10, undefined] }];
    expect(unpack<Request>(pack(calls))).toEqual([{ id: 1, method: 'pendingKeys', args: ['org', 10, null] }]);
  });

  it('is refused where it holds what JSON does not', () => {
    const cycle: Record<string, unknown> = {};
    cycle['self'] = cycle;
    expect(() => arrived(cycle)).toThrow('circular');
    expect(() => arrived(1n)).toThrow('BigInt');
  });

  it('carries an error with its class and what it names', () => {
    const claimed = new RecordClaimedError('00Q000000000001EAA', 'lead-1', 'lead-2');
    const bridge = new BridgeError(explain('STORE_CLOSED'), { cause: new Error('why') });
    for (const error of [new StaleLinkError('lead-1'), claimed, bridge]) {
      const sent = unpack<Response>(pack({ kind: 'refused', failure: toFailure(error) }));
      const received = sent.kind === 'refused' ? toError(sent.failure) : undefined;
      expect(received).toBeInstanceOf(error.constructor);
      expect(received).toMatchObject({ name: error.name, message: error.message });
    }
    expect(toError(toFailure(claimed))).toMatchObject({ recordId: '00Q000000000001EAA', holder: 'lead-2' });
    expect(toError(toFailure(bridge))).toMatchObject({ code: 'STORE_CLOSED', action: bridge.action });
  });
});
