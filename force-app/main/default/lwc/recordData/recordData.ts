// What the record panel displays of one Lead, Contact or Account (M35), read from the answer to its one query. Fields that the
// reader may not see are named, so that a blank is never taken for "none".
import { numberOf, rowsOf, textOf, withPrefix, type Row } from 'c/records';
import { reportsOf, type Report } from 'c/reportData';
import { recordQuery } from './query';

export type PanelObject = 'Lead' | 'Contact' | 'Account';

/** Facts that may be hidden from the reader, or that no mapping fills. */
export type Fact = 'phase' | 'cycle' | 'rep' | 'nextEvent' | 'state';

export interface PanelRecord {
  object: PanelObject;
  name: string;
  /** Of Sellfire; blank where the record is linked to none. */
  leadId: string;
  phase: string;
  cycle: number | undefined;
  repId: string;
  /** ISO 8601; blank where none is planned. */
  nextEventAt: string;
  /** `OneParty` or `AllParties`, where the org keeps it. */
  consent: string;
  state: string;
  country: string;
  /** What the bridge left on the record; English. */
  detail: string;
  hidden: ReadonlySet<Fact>;
  /** No mapping of this org fills them. */
  unmapped: ReadonlySet<Fact>;
}

/** How the sync stands as a whole. */
export interface BridgeState {
  /** `NotStarted`, `Running`, `Paused`, `StoreLost` or `Disconnected`. */
  syncState: string;
  /** ISO 8601. */
  lastSeenAt: string | undefined;
}

export interface PanelData {
  /** False where the reader lacks the permission set: nothing of the record is known then. */
  isVisible: boolean;
  /** Undefined where the record is gone, or hidden by sharing. */
  record: PanelRecord | undefined;
  /** The latest first. */
  reports: readonly Report[];
  bridge: BridgeState | undefined;
  sellfireAddress: string;
  /** Of an Account, one name each. */
  sites: readonly string[];
  organizations: readonly string[];
}

/** The integration fills them without a mapping. */
const FILLED: readonly Fact[] = ['cycle', 'nextEvent'];

/** Where each fact stands on a record, by object; a person's phase and owner are none of an Account's. */
const FIELDS: Readonly<Record<PanelObject, Readonly<Partial<Record<Fact, string>>>>> = {
  Lead: { ...person(), state: 'State' },
  Contact: { ...person(), state: 'MailingState' },
  Account: { cycle: 'Sellfire_Cycle__c', nextEvent: 'Sellfire_Next_Event_At__c', state: 'BillingState' },
};

function person(): Partial<Record<Fact, string>> {
  return {
    phase: 'Phase__c',
    cycle: 'Sellfire_Cycle__c',
    rep: 'Owned_Rep_Id__c',
    nextEvent: 'Sellfire_Next_Event_At__c',
  };
}

/** @returns undefined for an object that the panel is not made for */
export function objectOf(name: string | undefined): PanelObject | undefined {
  return name !== undefined && name in FIELDS ? (name as PanelObject) : undefined;
}

export function panelQuery(object: PanelObject, id: string): string {
  return withPrefix(recordQuery(object, id, Object.values(FIELDS[object])));
}

export function panelOf(data: unknown, object: PanelObject): PanelData {
  const [row] = rowsOf(data, object);
  const [bridge] = rowsOf(data, 'Bridge_Status__c');
  const [settings] = rowsOf(data, 'Sync_Settings__c');
  return {
    isVisible: row === undefined || 'Sellfire_Lead_Id__c' in row,
    record: row && recordOf(row, object, rowsOf(data, 'Field_Mapping__c')),
    reports: reportsOf(data),
    bridge: bridge && {
      syncState: textOf(bridge, 'Sync_State__c') ?? '',
      lastSeenAt: textOf(bridge, 'Last_Seen_At__c'),
    },
    sellfireAddress: textOf(settings, 'Sellfire_Address__c') ?? '',
    sites: namesOf(rowsOf(data, 'Site__c'), 'location__c'),
    organizations: namesOf(rowsOf(data, 'Organization__c'), 'Name'),
  };
}

function recordOf(row: Row, object: PanelObject, mappings: readonly Row[]): PanelRecord {
  const fields = FIELDS[object];
  const text = (field: string | undefined): string => (field === undefined ? '' : (textOf(row, field) ?? ''));
  const mapped = new Set(
    mappings.filter((one) => one.Sync_Rule__c !== 'DoNotSync').map((one) => one.Salesforce_Field__c),
  );
  const facts = Object.entries(fields) as [Fact, string][];
  return {
    object,
    name: text('Name'),
    leadId: text('Sellfire_Lead_Id__c'),
    phase: text(fields.phase),
    cycle: numberOf(row, 'Sellfire_Cycle__c'),
    repId: text(fields.rep),
    nextEventAt: text(fields.nextEvent),
    consent: text('Recording_Consent__c'),
    state: text(fields.state),
    country: text(fields.state?.replace('State', 'Country')),
    detail: text('Sellfire_Sync_Detail__c'),
    hidden: new Set(facts.filter(([, field]) => !(field in row)).map(([fact]) => fact)),
    unmapped: new Set(
      facts.filter(([fact, field]) => !FILLED.includes(fact) && !mapped.has(withPrefix(field))).map(([fact]) => fact),
    ),
  };
}

function namesOf(rows: readonly Row[], field: string): string[] {
  return rows.map((row) => textOf(row, field) ?? textOf(row, 'Name') ?? '');
}
