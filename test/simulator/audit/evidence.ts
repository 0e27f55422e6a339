// What the auditor is given: the states and the journals of the two systems, the rows that the admin reads, and the configuration. It names its
// own shapes, since it shares no code with the core or with the other checks.

export type Value = string | number | boolean | null;
export type Values = Readonly<Record<string, Value>>;

/** A record of Salesforce as it is at the end. */
export interface OrgRecord {
  id: string;
  object: string;
  fields: Values;
  deleted: boolean;
  mergedInto?: string | undefined;
  modifiedBy: string;
}

/** One record's part of a commit. */
export interface OrgChange {
  recordId: string;
  object: string;
  kind: string;
  fields: Values;
  user: string;
}

/** A transaction of the org, in the order of the commits. `at`: ms, by the clock of Salesforce. */
export interface OrgCommit {
  at: number;
  changes: readonly OrgChange[];
}

/** A lead of Sellfire. */
export interface SellfireLead {
  id: string;
  deleted_at: string | null;
  cycle: number;
  fields: Readonly<Record<string, unknown>>;
  salesforce: { lead_id: string | null; contact_id: string | null; account_id: string | null };
}

/** An event of Sellfire's feed, in the order of the feed. */
export interface SellfireEvent {
  type: string;
  occurred_at: string;
  actor: { kind: string; id?: string | null; request_id?: string | null };
  lead_id: string | null;
  lead: SellfireLead | null;
  changes: Readonly<Record<string, { from: unknown; to: unknown }>>;
  schedule_item: { id: string; kind: string; start_time: string; state: string; specific_time: boolean } | null;
  activity: SellfireActivity | null;
  sale: SellfireSale | null;
}

export interface SellfireActivity {
  id: string;
  rep_id: string;
  lead_id: string;
  communication_type: string;
  channel: string | null;
  created_at: string;
  notes: string;
  conference_duration: number | null;
  disposition: { type: string; start_time: string | null } | null;
  schedule_item: { id: string; start_time: string } | null;
}

export interface SellfireSale {
  id: string;
  lead_id: string;
  cycle: number;
  made_at: string;
  currency: string;
  items: readonly {
    id: string;
    product_code: string;
    product_name: string;
    quantity: number;
    unit_price: string;
    fields: Readonly<Record<string, unknown>>;
  }[];
  associated_contacts: readonly { first_name: string | null; last_name: string; phone_number: string | null }[];
  fields: Readonly<Record<string, unknown>>;
}

/** A row of the integration report. */
export interface Row {
  occurredAt: number;
  direction: string;
  event: string;
  outcome: string;
  code: string;
  reason: string;
  sellfireLeadId: string | null;
  sellfireRecordId?: string | null | undefined;
  salesforceObject: string | null;
  salesforceRecordId: string | null;
  changes: readonly {
    field: string;
    before?: unknown;
    after: unknown;
    by?: { side: string; id: string } | undefined;
  }[];
}

export interface Mapping {
  sellfireObject: string;
  sellfireField: string;
  salesforceObject: string;
  salesforceField: string;
  rule: string;
  triggers: readonly string[];
}

/** A field of Salesforce that has a type. */
export interface OrgField {
  type: string;
  /** Decimals that it keeps. */
  scale: number;
  /** Of a choice: what people see for each value. */
  values: readonly { value: string; label: string }[];
}

export interface Switches {
  activitySync: boolean;
  opportunityAtDemo: boolean;
  multiSite: boolean;
  createInSalesforce: boolean;
  updateInSalesforce: boolean;
  createInSellfire: boolean;
  updateInSellfire: boolean;
}

/** A configuration, and the number of commits and of events before it. */
export interface AuditEra {
  mappings: readonly Mapping[];
  settings: Switches;
  commits: number;
  events: number;
}

export interface Email {
  leadId: string | null;
  subject: string;
  body: string;
  planned: readonly { kind: string; rep_id: string; specific_time: boolean; start_time: string }[];
}

/** A transaction of the bridge that was committed. */
export interface Graph {
  /** How many commits were before it. */
  commits: number;
  /** ms, by the clock of Salesforce. */
  at: number;
  nodes: readonly {
    ref: string;
    object: string;
    op: { kind: string; id?: string; key?: string };
    fields: Readonly<Record<string, Value | { ref: string }>>;
  }[];
  /** By the ref of a node. */
  ids: Readonly<Record<string, string>>;
}

/** A call of the bridge that a system refused. */
export interface RefusedCall {
  call: string;
  /** Of the record or the lead; null of a new one, and of several. */
  id: string | null;
  /** The fields; of a demo or a sale, the keys under which it makes its records. */
  given: Readonly<Record<string, unknown>>;
  code: string;
  message: string;
  /** That the refusal names. */
  fields: readonly string[];
  /** The field that a rule of the org objects to, whether or not the refusal says so. */
  culprit?: string | undefined;
}

export interface Evidence {
  records: readonly OrgRecord[];
  commits: readonly OrgCommit[];
  leads: readonly SellfireLead[];
  events: readonly SellfireEvent[];
  rows: readonly Row[];
  /** Events that reached the bridge in another form than the contract has, of a type that is known. */
  unreadable: readonly { sequence: number; type: string; lead_id: string | null; occurred_at: string }[];
  /** Every one that there ever was. */
  mappings: readonly Mapping[];
  /** Fields of a lead of which a mapping was changed. */
  changedFields: ReadonlySet<string>;
  /** By object and field (`Lead.Score__c`); a field that is not here holds texts. */
  orgFields: Readonly<Record<string, OrgField>>;
  /** The types of the fields of a lead, by name. */
  sellfireTypes: Readonly<Record<string, string>>;
  /** Settings that were on at any time, and those that were on all the time. */
  everOn: Switches;
  alwaysOn: Switches;
  demoStage: string;
  /** What the admin had saved, in order. */
  eras: readonly AuditEra[];
  /** Of the connection (ISO 3166): the country of the numbers of a record that names none. */
  country: string;
  /** IANA name, of the org. */
  timeZone: string;
  /** By the id of a rep: the user of Salesforce, and the time zone of that. */
  users: Readonly<Record<string, { id: string; timeZone: string }>>;
  /** The currencies of the org; empty where it has one. */
  currencies: readonly string[];
  /** Whose saves are those of the bridge. */
  bridgeUser: string;
  /** What automations of the org set in place of what was to be saved. */
  automated: readonly { recordId: string; field: string; asked: unknown; value: unknown }[];
  /** What a rule of the org objects to, or has: `Task.CallType`. */
  objections: ReadonlySet<string>;
  /** Characters that a text may have, and decimals that an amount keeps: `Opportunity.Name`. */
  limits: ReadonlyMap<string, number>;
  /** What a rule of the org refused to save. */
  refused: readonly { recordId: string; fields: Values }[];
  graphs: readonly Graph[];
  /** What admins have asked to link. */
  asked: readonly { leadId: string; recordId: string }[];
  /** When admins have asked for something, ms. */
  requestedAt: readonly number[];
  /** Given to new records by the settings, by object. */
  recordTypes: ReadonlyMap<string, string>;
  /** The code of a product that is not active. */
  retired: string | undefined;
  /** What either system refused the bridge. */
  refusals: readonly RefusedCall[];
  /** The e-mails about owners who were kept, each with what was planned with the lead as it was looked up. */
  emails: readonly Email[];
  /** Of Sellfire. */
  reps: readonly { id: string; name: string }[];
  /** Those of them who were deleted at any time. */
  left: ReadonlySet<string>;
  /** No call failed and the bridge never crashed. */
  calm: boolean;
  /** Nothing else happened while the bridge called. */
  quiet: boolean;
  /** The clocks of the two systems are one. */
  inTime: boolean;
  /** And every event was delivered with what it changed. */
  exact: boolean;
}
