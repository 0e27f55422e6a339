// What Salesforce and the network say, and what the bridge makes of it.
import { describe, expect, it } from '@jest/globals';
import { classOfCode, faultOfItem, faultOfNetwork, faultOfResponse } from '../../../bridge/salesforce/faults.ts';
import type { FaultClass } from '../../../bridge/model/fault.ts';

describe('a code is classed by what helps', () => {
  const table: [string, FaultClass][] = [
    ['UNABLE_TO_LOCK_ROW', 'retry'],
    ['SERVER_UNAVAILABLE', 'retry'],
    ['QUERY_TIMEOUT', 'retry'],
    ['ALL_OR_NONE_OPERATION_ROLLED_BACK', 'retry'],
    ['REQUEST_LIMIT_EXCEEDED', 'limit'],
    ['STORAGE_LIMIT_EXCEEDED', 'limit'],
    ['INVALID_SESSION_ID', 'auth'],
    ['invalid_grant', 'stop'],
    ['inactive_user', 'stop'],
    ['API_DISABLED_FOR_ORG', 'stop'],
    ['INVALID_TYPE', 'stop'],
    ['REQUIRED_FIELD_MISSING', 'record'],
    ['STRING_TOO_LONG', 'record'],
    ['FIELD_CUSTOM_VALIDATION_EXCEPTION', 'record'],
    ['INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', 'record'],
    ['INSUFFICIENT_ACCESS_OR_READONLY', 'record'],
    ['CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', 'record'],
    ['DUPLICATES_DETECTED', 'exists'],
    ['DUPLICATE_VALUE', 'exists'],
    ['ENTITY_IS_DELETED', 'gone'],
    ['NOT_FOUND', 'gone'],
  ];
  it.each(table)('%s → %s', (code, expected) => {
    expect(classOfCode(code)).toBe(expected);
  });

  it("a lock inside a customer's flow is a lock", () => {
    const message =
      'UpdateAccount: execution of AfterUpdate caused by: UNABLE_TO_LOCK_ROW, unable to obtain exclusive access';
    expect(classOfCode('CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', message)).toBe('retry');
  });

  it("an unknown code of a record is that record's alone", () => {
    expect(faultOfItem({ statusCode: 'SOMETHING_NEW_IN_2027', message: 'no' }).class).toBe('record');
  });
});

describe('what holds the key already is named', () => {
  it('in the message of a unique field', () => {
    const message = 'duplicate value found: Sellfire_Lead_Id__c duplicates value on record with id: 00Q5g00000ABCDeEAO';
    expect(faultOfItem({ statusCode: 'DUPLICATE_VALUE', message })).toMatchObject({
      class: 'exists',
      holder: '00Q5g00000ABCDeEAO',
    });
  });

  it('in the result of a duplicate rule', () => {
    const duplicateResult = { matchResults: [{ matchRecords: [{ record: { Id: '0035g00000ABCDeEAO' } }] }] };
    const fault = faultOfItem({
      statusCode: 'DUPLICATES_DETECTED',
      message: 'Use one of these records?',
      duplicateResult,
    });
    expect(fault.holder).toBe('0035g00000ABCDeEAO');
  });
});

describe('a failed call', () => {
  const body = (errorCode: string) => JSON.stringify([{ errorCode, message: 'm', fields: ['Company'] }]);

  it('keeps the code, the sentence and the fields of the platform', () => {
    expect(faultOfResponse(400, body('STRING_TOO_LONG'), true)).toEqual({
      class: 'record',
      code: 'STRING_TOO_LONG',
      message: 'm',
      fields: ['Company'],
      unknownOutcome: false,
    });
  });

  const statuses: [number, FaultClass, boolean][] = [
    [400, 'record', false],
    [401, 'auth', false],
    [403, 'stop', false],
    [404, 'gone', false],
    [429, 'limit', false],
    [500, 'retry', true],
    [502, 'retry', true],
    [503, 'retry', true],
  ];
  it.each(statuses)(
    'HTTP %d without a known body → %s, unknown outcome of a write: %s',
    (status, expected, unknown) => {
      const page = '<html>gateway</html>';
      expect(faultOfResponse(status, page, true)).toMatchObject({ class: expected, unknownOutcome: unknown });
      expect(faultOfResponse(status, page, false).unknownOutcome).toBe(false);
    },
  );

  it('says that Salesforce is away where nobody or a gateway answers, and not of a lock or a fault of one call', () => {
    const gateways = [502, 503, 504].map((status) => faultOfResponse(status, '<html>gateway</html>', true));
    const said = faultOfResponse(503, body('SERVER_UNAVAILABLE'), true);
    for (const fault of [...gateways, said, faultOfNetwork(new Error('refused'), true)])
      expect(fault).toMatchObject({ class: 'retry', isAway: true });
    const others = [faultOfResponse(500, '<html>', true), faultOfResponse(503, body('UNABLE_TO_LOCK_ROW'), true)];
    for (const fault of [...others, faultOfResponse(500, body('UNKNOWN_EXCEPTION'), true)])
      expect(fault).not.toHaveProperty('isAway');
  });

  it('REQUEST_LIMIT_EXCEEDED under 403 is a limit, not a missing permission', () => {
    expect(faultOfResponse(403, body('REQUEST_LIMIT_EXCEEDED'), false).class).toBe('limit');
  });

  it('too many long calls at the moment pass, although their code is that of calls that are used up', () => {
    const message = 'ConcurrentRequests (Concurrent API Requests) Limit exceeded.';
    const answer = JSON.stringify([{ errorCode: 'REQUEST_LIMIT_EXCEEDED', message }]);
    const expected = { class: 'retry', code: 'CONCURRENT_REQUESTS_LIMIT_EXCEEDED', unknownOutcome: false };
    expect(faultOfResponse(403, answer, true)).toMatchObject(expected);
  });

  it("OAuth's own form of an error is read", () => {
    const answer = JSON.stringify({ error: 'invalid_grant', error_description: 'expired access/refresh token' });
    expect(faultOfResponse(400, answer, false)).toMatchObject({ class: 'stop', code: 'INVALID_GRANT' });
  });

  it('a network fault before anything was sent leaves no doubt; one after it does', () => {
    const refused = Object.assign(new AggregateError([Object.assign(new Error('no'), { code: 'ECONNREFUSED' })]), {
      code: 'ECONNREFUSED',
    });
    expect(faultOfNetwork(refused, true)).toMatchObject({ class: 'retry', unknownOutcome: false });
    const cut = Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' });
    expect(faultOfNetwork(cut, true)).toMatchObject({ class: 'retry', unknownOutcome: true });
    expect(faultOfNetwork(cut, false).unknownOutcome).toBe(false);
  });
});
