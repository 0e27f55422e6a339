import { toPageError } from 'c/errors';

const response = (status: number, body: unknown): unknown => ({ status, statusText: '', ok: false, body });

describe('an error, in words', () => {
  it.each([
    [
      'a GraphQL field that the user may not see',
      [{ message: 'x', extensions: { ErrorType: 'FieldUndefined' } }],
      'access',
    ],
    [
      'a GraphQL object that the user may not see, which the message alone names',
      [
        {
          message:
            "Validation error (FieldUndefined@[uiapi/query/Site__c]) : Field 'Site__c' in type 'RecordQuery' is undefined",
          extensions: { ErrorType: 'ValidationError' },
        },
      ],
      'access',
    ],
    [
      'an object that is hidden meanwhile',
      response(400, [{ errorCode: 'INVALID_ID_FIELD', message: 'Invalid ID: a01' }]),
      'access',
    ],
    ['a right that is missing', response(403, [{ errorCode: 'INSUFFICIENT_ACCESS', message: 'x' }]), 'access'],
    ['a record that is gone', response(404, { errorCode: 'NOT_FOUND', message: 'x' }), 'gone'],
    ['a session that has ended', response(401, [{ errorCode: 'INVALID_SESSION_ID', message: 'x' }]), 'session'],
    ['a save over another', response(412, { message: 'x' }), 'conflict'],
    ['too many requests', response(503, { message: 'x' }), 'limit'],
    ['a limit of the org', response(403, [{ errorCode: 'REQUEST_LIMIT_EXCEEDED', message: 'x' }]), 'limit'],
    ['a network that is away', new TypeError('Failed to fetch'), 'offline'],
    ['a server that fails', response(500, { message: 'x' }), 'unknown'],
    ['nothing at all', undefined, 'unknown'],
  ])('%s says what to do', (_what, error, kind) => {
    const { sentence, action, ...rest } = toPageError(error);
    expect(rest.kind).toBe(kind);
    expect(sentence).toMatch(/^[A-Z].*\.$/);
    expect(action).toMatch(/^[A-Z].*\.$/);
  });

  it('shows what Salesforce says of the values, once, and at which field', () => {
    const reason = { errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: 'Days are from 1 to 3650.' };
    const error = toPageError(
      response(400, {
        message: 'An error occurred while trying to update the record.',
        statusCode: 400,
        output: { errors: [reason], fieldErrors: { Report_Days__c: [{ ...reason, field: 'Report_Days__c' }] } },
      }),
    );
    expect(error).toMatchObject({
      kind: 'refused',
      sentence: 'Days are from 1 to 3650.',
      code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
      fields: { Report_Days__c: 'Days are from 1 to 3650.' },
    });
  });

  it('keeps the code for support', () => {
    expect(toPageError(response(500, { errorCode: 'UNKNOWN_EXCEPTION', message: 'x' })).code).toBe('UNKNOWN_EXCEPTION');
    expect(toPageError(response(502, { message: 'x' })).code).toBe('502');
    expect(toPageError(new Error('odd')).code).toBe('odd');
  });
});
