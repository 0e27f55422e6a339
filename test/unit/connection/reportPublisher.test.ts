// Report rows leave the outbox in the order of writing, whenever they were announced.
import { describe, it, expect } from '@jest/globals';
import pino from 'pino';
import { reportFields, startReportPublisher } from '../../../bridge/connection/reportPublisher.ts';
import { explain, explainFault } from '../../../bridge/model/catalogue/catalogue.ts';
import type { FaultClass } from '../../../bridge/model/fault.ts';
import { said } from '../../../bridge/model/report.ts';
import { packageNames } from '../../../bridge/model/salesforce.ts';
import type { OutboxReport } from '../../../bridge/store/store.ts';
import { createClock, settled } from '../../helpers/clock.ts';

const row = (id: string): OutboxReport => ({
  id,
  occurredAt: 0,
  direction: 'ToSellfire',
  event: 'LeadUpdated',
  outcome: 'Success',
  code: '',
  reason: '',
  sellfireLeadId: null,
  salesforceObject: null,
  salesforceRecordId: null,
  changes: [],
});

describe('the report publisher', () => {
  it('publishes rows that are announced while a call is under way', async () => {
    const clock = createClock();
    let outbox: OutboxReport[] = [];
    const published: unknown[] = [];
    const second = Promise.withResolvers<undefined>();
    const slowly = Promise.withResolvers<undefined>();
    const calling = Promise.withResolvers<undefined>();
    const reports = startReportPublisher({
      connection: 'org',
      store: {
        reports: async () => [...outbox],
        async dropReports(_connection, ids) {
          outbox = outbox.filter(({ id }) => !ids.includes(id));
        },
      },
      publisher: {
        async publish(_topic, events) {
          published.push(...events.map((event) => event['Report_Id__c']));
          if (published.length === 1) {
            calling.resolve(undefined);
            await slowly.promise;
            // It ends only after the announcement has been received, and the call itself finds nothing at its next read.
            outbox = [];
          } else second.resolve(undefined);
          return events.map(() => ({ ok: true, replayId: '' }));
        },
      },
      names: () => packageNames(''),
      logger: pino({ level: 'silent' }),
      timer: clock,
    });
    outbox = [row('first')];
    reports.wake();
    clock.pass(50);
    await calling.promise;
    reports.wake();
    // Longer than what comes together is gathered for.
    clock.pass(120);
    slowly.resolve(undefined);
    await settled();
    outbox = [row('second')];
    reports.wake();
    clock.pass(50);
    await second.promise;
    await reports.stop();
    expect(published).toEqual(['first', 'second']);
  });

  it.each<[FaultClass, string[]]>([
    ['record', []],
    ['exists', []],
    ['gone', []],
    ['retry', ['refused']],
    ['limit', ['refused']],
  ])('of rows refused with a fault of class %s, %j stay in the outbox', async (faultClass, left) => {
    let outbox = [row('refused'), row('taken')];
    const dropped = Promise.withResolvers<undefined>();
    const fault = { class: faultClass, code: 'C', message: 'm', fields: [], unknownOutcome: false };
    const reports = startReportPublisher({
      connection: 'org',
      store: {
        reports: async () => [...outbox],
        async dropReports(_connection, ids) {
          outbox = outbox.filter(({ id }) => !ids.includes(id));
          dropped.resolve(undefined);
        },
      },
      publisher: {
        publish: async () => [
          { ok: false, fault },
          { ok: true, replayId: '' },
        ],
      },
      names: () => packageNames(''),
      logger: pino({ level: 'silent' }),
    });
    await dropped.promise;
    await reports.stop();
    expect(outbox.map(({ id }) => id)).toEqual(left);
  });
});

describe('the fields of a row', () => {
  it('have the reason in English, and in codes and values for the readers of other languages', () => {
    const why = explain('LINKED_ALREADY', { present: '00Q1', id: '00Q2' });
    const fields = reportFields({ ...row('one'), ...said(why) });
    expect(fields['Reason__c']).toBe(`${why.sentence} ${why.action}`);
    expect(JSON.parse(String(fields['Messages__c']))).toEqual([
      { code: 'LINKED_ALREADY', args: ['00Q1', '00Q2'], sentence: fields['Reason__c'] },
    ]);
  });

  it('have the English reason alone where there is nothing else, or more than the field holds', () => {
    expect(reportFields(row('one'))['Messages__c']).toBeNull();
    const fault = {
      class: 'record',
      code: 'C',
      message: 'm'.repeat(40_000),
      fields: [],
      unknownOutcome: false,
    } as const;
    const long = reportFields({ ...row('two'), ...said(explainFault({ ...fault, fields: [] })) });
    expect(long).toMatchObject({ Messages__c: null, Reason__c: expect.stringMatching(/^m/) });
  });
});
