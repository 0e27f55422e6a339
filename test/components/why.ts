// An answer to the question why, as the bridge gives it (bridge/requests/why.ts).
const said = (code: string, sentence: string, ...args: (string | number)[]): object => ({ code, args, sentence });

export const STOPPED = {
  answer: said('PHONE_EXISTS.onLead', 'English', 'Acme Bakery', 'lead_2', '+15125550123'),
  subject: { kind: 'record', object: 'Lead', recordId: '00Q000000000001EAA', leadId: null },
  sellfireUrl: 'https://app.sellfire.example/',
  gates: [
    { gate: 'found', state: 'pass', message: said('whyFoundRecord', 'English', 'Lead') },
    {
      gate: 'holder',
      state: 'stop',
      message: said('PHONE_EXISTS.onLead', 'English', 'Acme Bakery', 'lead_2', '+15125550123'),
      mend: { lead: 'lead_2' },
    },
    { gate: 'attempt', state: 'skip', message: said('whyNoAttempt', 'English') },
  ],
  differing: [],
  more: 0,
  now: { messages: [said('whyNowNothing', 'English')], writes: [] },
};

export const DIFFERING = {
  ...STOPPED,
  answer: said('whyFieldsDiffer_one', 'English', 1, 14),
  subject: { kind: 'lead', object: 'Lead', recordId: '00Q000000000001EAA', leadId: 'lead_1' },
  gates: [
    {
      gate: 'attempt',
      state: 'pass',
      message: said('whyAttemptSucceeded', 'English'),
      mend: { report: 'a0R000000000001AAA' },
      at: 1_772_452_800_000,
    },
    { gate: 'fields', state: 'stop', message: said('whyFieldsDiffer_one', 'English', 1, 14) },
  ],
  differing: [
    { field: 'City', target: 'Lead.City', sellfire: null, salesforce: 'Austin', why: said('whyRuleTwoWay', 'English') },
  ],
  more: 3,
  now: {
    messages: [said('whyNowUpdateLead_one', 'English', 1), said('whyNowHeld', 'English')],
    writes: [
      {
        side: 'sellfire',
        message: said('whyNowUpdateLead_one', 'English', 1),
        changes: [{ field: 'City', before: null, after: '<b>Austin</b>' }],
      },
    ],
  },
};
