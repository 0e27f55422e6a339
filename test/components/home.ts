// Answers to the query of the Home page, as GraphQL gives them: of a first day, of a good one, and of a bad one.

/** All times of the answers lie shortly before it. */
export const NOW = Date.parse('2026-03-02T12:00:00Z');

const before = (seconds: number): string => new Date(NOW - seconds * 1000).toISOString();

/** Fields by the names of the source; a value as it is stored. */
type Fields = Readonly<Record<string, unknown>>;

function nodeOf(fields: Fields): object {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, name === 'Id' ? value : { value, displayValue: null }]),
  );
}

const edgesOf = (rows: readonly Fields[]): object => ({ edges: rows.map((row) => ({ node: nodeOf(row) })) });

export interface HomeRows {
  bridge?: Fields;
  settings?: Fields;
  mappings?: readonly string[];
  tests?: readonly Fields[];
  reports?: readonly Fields[];
  causes?: readonly { code: string; count: number; since: string }[];
}

export function homeAnswer({
  bridge,
  settings,
  mappings = [],
  tests = [],
  reports = [],
  causes = [],
}: HomeRows): object {
  const groups = causes.map(({ code, count, since }) => ({
    node: {
      aggregate: {
        Code__c: { value: code },
        Id: { count: { value: count } },
        Occurred_At__c: { min: { value: since } },
      },
    },
  }));
  return {
    uiapi: {
      query: {
        Bridge_Status__c: edgesOf(bridge ? [bridge] : []),
        Sync_Settings__c: edgesOf(settings ? [settings] : []),
        Field_Mapping__c: edgesOf(
          mappings.map((Sellfire_Field__c, index) => ({ Id: `fm${index}`, Sellfire_Field__c, Sync_Rule__c: 'TwoWay' })),
        ),
        Sync_Request__c: edgesOf(tests),
        Integration_Report__c: edgesOf(reports),
      },
      aggregate: { Integration_Report__c: { edges: groups } },
    },
  };
}

export const RIGHTS = [
  { object: 'Lead', part: 'lead', need: ['read', 'create', 'edit'], missing: [], excess: [] },
  { object: 'Account', part: 'account', need: ['read', 'create', 'edit'], missing: [], excess: [] },
];

export const HOURS = Array.from({ length: 24 }, (_none, index) => ({
  at: before((24 - index) * 3600),
  in: index === 20 ? 1200 : index,
  out: 2 * index,
  refused: index === 22 ? 4 : 0,
  failed: 0,
}));

/** A bridge that works. */
export const BRIDGE: Fields = {
  Id: 'a00',
  State__c: 'Running',
  Connected_As__c: 'sync@acme.example',
  Last_Seen_At__c: before(5),
  Pending_Changes__c: 0,
  Sync_State__c: 'Running',
  Sync_State_By__c: 'Ann Lee',
  Sync_State_At__c: before(3 * 3600),
  Last_In_At__c: before(12),
  Last_Out_At__c: before(40),
  Api_Share_Used__c: 3100,
  Api_Share_Limit__c: 50_000,
  Api_Forecast__c: 6000,
  Events_Used__c: 9800,
  Events_Limit__c: 25_000,
  Events_Forecast__c: 17_000,
  Rights__c: JSON.stringify(RIGHTS),
  Hours__c: JSON.stringify(HOURS),
};

export const GOOD_DAY: HomeRows = {
  bridge: BRIDGE,
  settings: { Id: 'a10', Bridge_Address__c: 'https://bridge.example.com/', Pages_Activated__c: true },
  mappings: ['primary_phone_number', 'business_name', 'state'],
  tests: [{ Id: 'a20', Status__c: 'Done', Failed__c: 0 }],
};

export const FIRST_DAY: HomeRows = {};

export const BAD_DAY: HomeRows = {
  ...GOOD_DAY,
  bridge: { ...BRIDGE, Last_Seen_At__c: before(62 * 60), Pending_Changes__c: 14_200 },
  reports: [
    { Id: 'a31', Code__c: 'PHONE_EXISTS', Reason__c: 'The phone is on another Lead already.' },
    { Id: 'a32', Code__c: 'STRING_TOO_LONG', Reason__c: 'City has 60 characters, 40 are allowed.' },
  ],
  causes: [
    { code: 'STRING_TOO_LONG', count: 3, since: before(3 * 3600) },
    { code: 'PHONE_EXISTS', count: 1400, since: before(5 * 86_400) },
  ],
};
