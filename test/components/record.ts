// Answers to the queries of the record panel, as GraphQL gives them.
import type { PanelObject, PanelRecord } from '../../force-app/main/default/lwc/recordData/recordData';
import type { Report } from '../../force-app/main/default/lwc/reportData/reportData';
import { nodeOf, REPORT } from './reports.ts';

type Fields = Readonly<Record<string, unknown>>;

/** An update that went well, of a linked Lead. */
export const WELL: Report = { ...REPORT, event: 'LeadUpdated', outcome: 'Success', code: '', reason: '' };

export const RECORD: PanelRecord = {
  object: 'Lead',
  name: 'Ann Stone',
  leadId: 'ld_1',
  phase: 'HeldPhase',
  cycle: 2,
  repId: 'rep_7',
  nextEventAt: '2126-03-02T12:00:00.000Z',
  consent: '',
  state: 'TX',
  country: '',
  detail: '',
  hidden: new Set(),
  unmapped: new Set(),
};

const FIELDS: Readonly<Record<PanelObject, Fields>> = {
  Lead: { ...person(), Name: 'Ann Stone', State: 'TX', Country: null, Sellfire_Sync_Detail__c: null },
  Contact: { ...person(), Name: 'Ann Stone', MailingState: 'California', MailingCountry: 'United States' },
  Account: {
    ...{ Name: 'Acme Bakery', BillingState: 'ON', BillingCountry: 'Canada', Sellfire_Lead_Id__c: 'ld_1' },
    ...{ Sellfire_Cycle__c: 2, Sellfire_Next_Event_At__c: null, Recording_Consent__c: null },
  },
};

function person(): Fields {
  return {
    ...{ Sellfire_Lead_Id__c: 'ld_1', Phase__c: 'HeldPhase', Sellfire_Cycle__c: 2, Owned_Rep_Id__c: 'rep_7' },
    ...{ Sellfire_Next_Event_At__c: '2126-03-02T12:00:00.000Z', Recording_Consent__c: null },
  };
}

export interface PanelParts {
  /** What differs from a linked record; `undefined` for what the reader may not see. */
  fields?: Fields;
  reports?: readonly Report[];
  /** Fields of the object that a mapping fills. */
  mapped?: readonly string[];
  bridge?: Fields;
  sellfireAddress?: string;
  sites?: readonly string[];
  organizations?: readonly string[];
}

export const MAPPED = ['Phase__c', 'Owned_Rep_Id__c', 'Sellfire_Cycle__c', 'Sellfire_Next_Event_At__c'];

export function panelAnswer(object: PanelObject, parts: PanelParts = {}): object {
  const { fields, reports = [WELL], mapped = MAPPED, sites = [], organizations = [] } = parts;
  const { bridge = { Sync_State__c: 'Running', Last_Seen_At__c: new Date().toISOString() } } = parts;
  return queryAnswer({
    [object]: [{ ...FIELDS[object], ...fields }],
    Field_Mapping__c: mapped.map((field) => ({ Salesforce_Field__c: field, Sync_Rule__c: 'TwoWay' })),
    Bridge_Status__c: [bridge],
    Sync_Settings__c: [{ Sellfire_Address__c: parts.sellfireAddress ?? 'https://app.example.com' }],
    Site__c: sites.map((site) => ({ Name: site, location__c: site })),
    Organization__c: organizations.map((name) => ({ Name: name })),
    Integration_Report__c: reports.map((report) => nodeOf(report)),
  });
}

/** Rows by object: fields by name, or a node as it is where its fields have `{ value }` already. */
export function queryAnswer(rows: Readonly<Record<string, readonly object[]>>): object {
  const query = Object.entries(rows).map(([object, nodes]) => [
    object,
    { edges: nodes.map((node, index) => ({ node: { Id: `id${index}`, ...nodeFields(node) } })) },
  ]);
  return { uiapi: { query: Object.fromEntries(query) as object } };
}

function nodeFields(node: object): object {
  return Object.fromEntries(
    Object.entries(node).flatMap(([name, value]: [string, unknown]) => {
      if (value === undefined) return [];
      const isNode = name === 'Id' || (typeof value === 'object' && value !== null);
      return [[name, isNode ? value : { value }]];
    }),
  );
}
