// The records that a demo or a sale writes to Salesforce in one transaction – Account, Contacts, Opportunity, line
// items – as a graph of records that refer to each other (M20–M25).
import type { Explanation, Message } from './catalogue/entry.ts';
import type { SalesforceValue } from './salesforce.ts';

/**
 * The maximum of nodes in one graph (REST API Developer Guide, "Composite Graph Limits"); more do not fit into one
 * transaction.
 */
export const MOST_NODES = 500;

/** A value, or the id of the record that another node of the graph creates. */
export type NodeValue = SalesforceValue | { ref: string };

export interface TransactionNode {
  /** Letters, digits and underscores; unique in the graph. */
  ref: string;
  object: string;
  /** `upsert` by an external id of the package, so that a repeat creates no duplicate. */
  op: { kind: 'create' } | { kind: 'update'; id: string } | { kind: 'upsert'; field: string; key: string };
  fields: Record<string, NodeValue>;
}

/** A record that exists, or one that the graph creates under this ref. */
export type RecordRef = { id: string } | { ref: string };

export interface SaleTransaction {
  event: 'DemoSet' | 'Sale';
  leadId: string;
  /** The sale or the schedule item of the demo, where it is known. */
  recordId: string | null;
  cycle: number;
  account: RecordRef;
  contact: RecordRef | undefined;
  opportunity: RecordRef | undefined;
  /** Whether the link moves to the Contact (M20). */
  relinks: boolean;
  nodes: TransactionNode[];
  /** Records of the customer's own objects that the sale created, by their keys on the link (M13). */
  made: { key: string; record: RecordRef }[];
  /** The parts that lack something of their own and are not written, each with what it lacks. */
  heldUp: Explanation[];
  /** What an interrupted attempt has made and is not written again; what of it did not fit is reported all the same. */
  madeBefore: TransactionNode[];
  /** Values that did not fit: shortened, or left out, each reported once the rest is written. */
  leftOut: { object: string; field: string; value: string; why: Explanation }[];
  /** Why records were connected or created, for the report row. */
  why: Message[];
}

/** An Account that may be the lead's (M23). */
export interface AccountCandidate {
  id: string;
  name: string;
  city: string | null;
  /** The unparsed value of the field. */
  phone: string | null;
  /** ISO 3166 alpha-2: the record's own country. */
  country: string | null;
  /** Sellfire_Account_Key__c: the lead whose demo or sale made it. */
  key: string | null;
}

/** A Contact of an Account that may be the person (M24). */
export interface ContactCandidate {
  id: string;
  lastName: string;
  firstName: string | null;
  /** Sellfire_Lead_Id__c. */
  leadId: string | null;
  /** The unparsed value of the field. */
  phone: string | null;
  /** ISO 3166 alpha-2: the record's own country. */
  country: string | null;
}

/** The names by which a product is found (M25). */
export interface ProductNames {
  code: string | null;
  name: string;
}

/** An active entry of the standard price book, with the names of its product. */
export interface PriceCandidate extends ProductNames {
  /** ISO 4217; absent or null in an org that has only one. */
  currency?: string | null;
  entryId: string;
  pricebookId: string;
}

/** What is needed, or what prevents it, to create a product (M25). */
export interface ProductFacts {
  products: (ProductNames & { id: string; active: boolean })[];
  /** The standard prices of products, active or not. */
  priced: (PriceCandidate & { active: boolean })[];
  standardPricebookId: string | null;
}

/** The records of an Account for a business with several locations (M30). */
export interface AccountSites {
  organizationId: string | null;
  sites: { id: string; key: string | null; location: string; hasOrganization: boolean }[];
}

/** An Opportunity of a demo or a sale. */
export interface KeyedOpportunity {
  id: string;
  isClosed: boolean;
  /** `2026-11-24` */
  closeDate: string | null;
}

/** The look-ups of a demo or a sale. */
export interface SaleNeeds {
  /** Accounts whose Phone is this number (E.164), and Accounts with this Name. */
  accounts: { phone: string; name: string; leadId: string }[];
  /** Contacts of this Account whose Phone is this number. */
  contacts: { accountId: string; phone: string }[];
  /** By product code, then by product name (M25). */
  prices: { code: string; name: string }[];
  /** Products that have no active standard price. */
  products: { code: string; name: string }[];
  /** Records by an external id, or by `Id`. */
  keyed: { object: string; field: string; key: string }[];
  /** Opportunities by the external id that a demo or a sale gave them. */
  opportunities: { field: string; key: string }[];
  /** Records of the customer's own objects that a sale created, by the key of their mark. */
  made: string[];
  /** By Account. */
  sites: string[];
}

/** The answers, by the keys below; absent: not looked up yet; null or empty: nothing exists. */
export interface SaleFound {
  /**
   * Every Account that may have the phone or the name, oldest first, with the one that the lead has made, and few others; the core decides
   * which one matches.
   */
  accounts: Map<string, AccountCandidate[]>;
  /** Every Contact of the Account that may have the phone, oldest first. */
  contacts: Map<string, ContactCandidate[]>;
  /** Every active standard price of a product that may have the code or the name, oldest first. */
  prices: Map<string, PriceCandidate[]>;
  /** Of products that may have the code or the name, oldest first. */
  products: Map<string, ProductFacts>;
  keyed: Map<string, string | null>;
  opportunities: Map<string, KeyedOpportunity | null>;
  made: Map<string, string | null>;
  sites: Map<string, AccountSites>;
}

export const accountsKey = (one: Pick<SaleNeeds['accounts'][number], 'phone' | 'name'>): string =>
  `${one.phone} ${one.name}`;
export const contactsKey = (one: SaleNeeds['contacts'][number]): string => `${one.accountId} ${one.phone}`;
export const priceKey = (one: SaleNeeds['prices'][number]): string => `${one.code} ${one.name}`;
export const recordKey = (one: SaleNeeds['keyed'][number]): string => `${one.object} ${one.key}`;
