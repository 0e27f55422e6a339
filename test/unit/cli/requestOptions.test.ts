// The commands that ask the bridge for something: their options as the parameters of a request, and how its progress is printed.
import { describe, expect, it } from '@jest/globals';
import { wordsFor } from '../../../bridge/commands/sendRequest.ts';
import { toRequest } from '../../../bridge/commands/requestOptions.ts';
import { run } from '../../../bridge/cli.ts';
import { LEAST_ENVIRONMENT } from '../../helpers/environment.ts';

describe('the options of a command', () => {
  it('become the parameters of the request', () => {
    expect(toRequest('Import', { objects: ['Lead'], createdSince: '2026-11-01', owner: '005000000000001AAA' })).toEqual(
      {
        type: 'Import',
        parameters: { objects: ['Lead'], createdSince: '2026-11-01T00:00:00Z', owner: '005000000000001AAA' },
      },
    );
    expect(toRequest('LinkExisting', { dryRun: true })).toEqual({
      type: 'LinkExisting',
      parameters: { preview: true },
    });
    expect(toRequest('Reconcile', { all: true, preview: true })).toEqual({
      type: 'Reconcile',
      parameters: { all: true, dryRun: true },
    });
    expect(toRequest('Repush', { event: 'Sale', since: '2026-11-01T08:00:00Z' })).toMatchObject({
      parameters: { event: 'Sale', since: '2026-11-01T08:00:00Z' },
    });
    // A close date has no time.
    expect(toRequest('ExportSales', { since: '2026-11-01', file: 'sales.csv' })).toEqual({
      type: 'ExportSales',
      parameters: { since: '2026-11-01' },
      file: 'sales.csv',
    });
  });

  it('are refused where the bridge would refuse them', () => {
    for (const [type, given] of [
      ['Import', { objects: ['Account'] }],
      ['Import', { createdSince: 'yesterday' }],
      ['Import', { owner: "x' OR Name != '" }],
      ['ExportSales', { since: '2026-11-31' }],
      ['Repush', {}],
      ['Reconcile', { since: 'always' }],
    ] as const)
      expect(() => toRequest(type, given as never)).toThrow(expect.objectContaining({ code: 'PARAMETERS_INVALID' }));
  });
});

describe('progress', () => {
  const fields = { Status__c: 'Running', Total__c: null, Done__c: null, Failed__c: null, Result__c: null };

  it('is printed in one line', () => {
    expect(wordsFor({ ...fields, Status__c: 'Requested' })).toBe('Requested');
    expect(wordsFor({ ...fields, Done__c: 1200 })).toBe('Running: 1,200');
    expect(wordsFor({ ...fields, Total__c: 2700, Done__c: 1350, Failed__c: 3 })).toBe(
      'Running [############············] 50 %, 1,350 of 2,700, 3 failed',
    );
    expect(wordsFor({ ...fields, Total__c: 10, Done__c: 12 })).toContain('] 100 %, 12 of 10');
  });
});

it('a command without a key to sign in with says what to do instead', async () => {
  const said = { out: '', err: '' };
  const code = await run(['link'], {
    env: LEAST_ENVIRONMENT,
    out: (text) => (said.out += text),
    err: (text) => (said.err += text),
  });
  expect(code).toBe(1);
  expect(said.err).toContain('JWT_MISSING');
  expect(said.err).toContain('on the pages of the Sellfire app');
});
