// An outcome is unknown only where the peer can have received the request.
import { expect, it } from '@jest/globals';
import { codesOf, hasSentNothing } from '../../../bridge/lib/networkError.ts';

const withCode = (code: string, cause?: unknown): Error => Object.assign(new Error(code, { cause }), { code });

it.each([
  ['a refused connection', withCode('ECONNREFUSED'), true],
  [
    'a refused connection inside the error of fetch',
    new TypeError('fetch failed', { cause: withCode('ENOTFOUND') }),
    true,
  ],
  ['addresses that all refuse', new AggregateError([withCode('ETIMEDOUT'), withCode('ECONNREFUSED')]), true],
  ['an untrusted certificate', withCode('SELF_SIGNED_CERT_IN_CHAIN'), true],
  ['a connection that was cut', withCode('ECONNRESET'), false],
  ['an answer that does not come', withCode('UND_ERR_HEADERS_TIMEOUT'), false],
  ['what is no error of the network', 'gone', false],
])('%s: %j', (_what, error, expected) => {
  expect(hasSentNothing(error)).toBe(expected);
});

it('codes are listed from the outside in', () => {
  const inner = new AggregateError([withCode('A'), withCode('B', withCode('C'))]);
  expect([...codesOf(withCode('OUTER', inner))]).toEqual(['OUTER', 'A', 'B', 'C']);
});
