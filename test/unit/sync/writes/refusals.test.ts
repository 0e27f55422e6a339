// A refusal costs no more than it must (M32): which fields it is about where it names none, and what is tried without them.
import { describe, expect, it } from '@jest/globals';
import type { Fault } from '../../../../bridge/model/fault.ts';
import type { Link } from '../../../../bridge/model/link.ts';
import type { Write } from '../../../../bridge/model/plan.ts';
import type { SalesforceFields } from '../../../../bridge/model/salesforce.ts';
import { settle } from '../../../../bridge/sync/settle.ts';
import { fieldsToBlame } from '../../../../bridge/sync/writes/blame.ts';
import { salesforceField, salesforceObject } from '../../../helpers/fields.ts';
import { config, LEAD_ID } from '../fixtures.ts';

const OWNER = '005000000000009AAA';
const refusal = (code: string, message: string, extra: Partial<Fault> = {}): Fault => ({
  class: 'record',
  code,
  message,
  fields: [],
  unknownOutcome: false,
  ...extra,
});
const TASK = salesforceObject('Task', [
  ...['WhoId', 'OwnerId'].map((name) => salesforceField(name, 'reference')),
  salesforceField('Subject', 'string'),
  salesforceField('Description', 'string', { length: 20 }),
  salesforceField('Outcome__c', 'picklist', { label: 'Call Outcome', picklistValues: ['Won'] }),
  salesforceField('Email', 'email'),
]);
const FIELDS = {
  WhoId: LEAD_ID,
  OwnerId: OWNER,
  Subject: 'Call',
  // 18 characters of two code units each.
  Description: '𠮷'.repeat(18),
  Outcome__c: 'Lost',
  Email: 'nobody',
};

describe('what a refusal is about', () => {
  it.each<[what: string, fault: Fault, fields: string[]]>([
    ['the fields that it names, in any case', refusal('X', 'No.', { fields: ['ownerid'] }), ['OwnerId']],
    ['the field whose name its text has', refusal('X', 'bad value for Outcome__c: no'), ['Outcome__c']],
    ['the field whose label its text has', refusal('X', 'Call Outcome is required to be another.'), ['Outcome__c']],
    ['the field whose value its text quotes', refusal('X', `no such thing: ${OWNER.slice(0, 15)}`), ['OwnerId']],
    [
      'the owner, by the code',
      refusal('INACTIVE_OWNER_OR_USER', 'operation performed with inactive user'),
      ['OwnerId'],
    ],
    [
      'references, by the code',
      refusal('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id'),
      ['WhoId', 'OwnerId'],
    ],
    ['a picklist that lacks the value', refusal('INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', 'bad'), ['Outcome__c']],
    ['a text that is too long as Salesforce counts it', refusal('STRING_TOO_LONG', 'bad'), ['Description']],
    ['an e-mail address, by the code', refusal('INVALID_EMAIL_ADDRESS', 'bad'), ['Email']],
    ['nothing, where it names nothing', refusal('FIELD_CUSTOM_VALIDATION_EXCEPTION', 'We never do that.'), []],
    ['no part of a word', refusal('X', 'MySubjects and Emails'), []],
    ['no value that is part of a word', refusal('X', 'Nobodys or somenobody_2 may do that.'), []],
    ['a value that is a word', refusal('X', '"nobody" is none.'), ['Email']],
  ])('is %s', (_, fault, fields) => {
    expect(fieldsToBlame(fault, FIELDS, TASK)).toEqual(fields);
  });
});

const settings = { ...config(), objects: { ...config().objects, Task: TASK } };
const link: Link = { leadId: 'lead_1', revision: 1, record: { object: 'Lead', id: LEAD_ID }, fields: {} };
const isTask = (write: Write): write is Extract<Write, { kind: 'task' }> => write.kind === 'task';

/** Lets an org judge each write until there is none left. @returns the Task as it stands then, and the codes of the rows */
function play(judge: (fields: SalesforceFields) => Fault | undefined): {
  task: SalesforceFields;
  codes: string[];
  calls: number;
} {
  let writes: Write[] = [
    { kind: 'task', leadId: 'lead_1', activityId: 'act_1', keyField: 'Sellfire_Activity_Id__c', fields: FIELDS },
  ];
  const task: SalesforceFields = {};
  const codes: string[] = [];
  let calls = 0;
  for (; writes.length > 0; calls += 1) {
    const outcomes = writes.filter(isTask).map((write) => {
      const fault = judge(write.fields);
      if (fault) return { ok: false as const, write, fault };
      Object.assign(task, write.fields);
      return { ok: true as const, write, id: '00T000000000001AAA' };
    });
    const settled = settle(settings, link, outcomes, 5_000);
    codes.push(...settled.reports.map(({ code }) => code).filter((code) => code !== ''));
    writes = settled.writes;
  }
  return { task, codes, calls };
}

describe('a Task', () => {
  it('whose owner is inactive, of another org or no id at all, goes to the connected user', () => {
    for (const fault of [
      refusal('INACTIVE_OWNER_OR_USER', 'operation performed with inactive user'),
      refusal('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id'),
      refusal('MALFORMED_ID', `Assigned To ID: id value of incorrect type: ${OWNER}`, { class: 'gone' }),
    ]) {
      const { task, codes } = play(({ OwnerId }) => (OwnerId === undefined ? undefined : fault));
      const { OwnerId: _, ...rest } = FIELDS;
      expect(task).toEqual(rest);
      expect(codes).toEqual([fault.code]);
    }
  });

  it('that a rule refuses for one field, without saying which, loses that field alone', () => {
    const { task, codes } = play(({ Email }) =>
      Email === undefined ? undefined : refusal('RULE', 'We never do that.'),
    );
    const { Email: _, ...rest } = FIELDS;
    expect(task).toEqual(rest);
    expect(codes).toEqual(['RULE']);
  });

  it('that a rule refuses whatever it holds fails with one row, after two calls', () => {
    expect(play(() => refusal('RULE', 'Never.'))).toEqual({ task: {}, codes: ['RULE'], calls: 2 });
  });

  it('whose person cannot be referred to is not created without it', () => {
    const fault = refusal('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id');
    expect(play(({ WhoId }) => (WhoId === undefined ? undefined : fault)).task).toEqual({});
  });
});

describe('fields of a demo or a sale on a linked record', () => {
  const fields = { Title: 'Owner', Email: 'a@b.example', Phone: '+15125550100' };
  type Update = Extract<Write, { kind: 'updateInSalesforce' }>;

  /** @returns what is accepted, and the rows about the rest */
  function written(judge: (fields: SalesforceFields) => Fault | undefined) {
    let writes: Update[] = [
      { kind: 'updateInSalesforce', object: 'Lead', id: LEAD_ID, fields, deliveries: [], event: 'Sale' },
    ];
    const lead: SalesforceFields = {};
    const failed: (string | null)[] = [];
    while (writes.length > 0) {
      const outcomes = writes.map((write) => {
        const fault = judge(write.fields);
        if (!fault) Object.assign(lead, write.fields);
        return fault ? { ok: false as const, write, fault } : { ok: true as const, write, id: LEAD_ID };
      });
      const settled = settle(config(), link, outcomes, 5_000);
      failed.push(
        ...settled.reports.flatMap(({ outcome, changes }) =>
          outcome === 'Failed' ? changes.map(({ field }) => field) : [],
        ),
      );
      writes = settled.writes.filter(
        (write): write is Update => write.kind === 'updateInSalesforce' && Object.keys(write.fields).length > 0,
      );
    }
    return { lead, failed };
  }

  it('lose the one alone that a rule refuses without saying which', () => {
    const rule = refusal('FIELD_CUSTOM_VALIDATION_EXCEPTION', 'We never do that.');
    const { Title: _, ...rest } = fields;
    expect(written((given) => ('Title' in given ? rule : undefined))).toEqual({ lead: rest, failed: ['Title'] });
  });

  it('are all reported where none is taken', () => {
    expect(written(() => refusal('FIELD_CUSTOM_VALIDATION_EXCEPTION', 'Never.'))).toEqual({
      lead: {},
      failed: Object.keys(fields),
    });
  });
});

describe('a lead that was deleted meanwhile', () => {
  it('is said once, however many writes of the turn meet it', () => {
    const fault = refusal('NOT_FOUND', 'Lead lead_1 was deleted.', { class: 'gone' });
    const write: Write = { kind: 'updateInSellfire', leadId: 'lead_1', fields: {}, salesforce: {}, deliveries: [] };
    const { reports } = settle(
      config(),
      link,
      [write, write].map((one) => ({ ok: false, write: one, fault })),
      5_000,
    );
    expect(reports).toMatchObject([{ event: 'LeadDeleted', code: 'NOT_FOUND' }]);
  });
});
