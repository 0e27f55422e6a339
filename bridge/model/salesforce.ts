// The definitions of a Salesforce org's objects, read from describe, and the shape of records in REST.
import { z } from 'zod';

/** A value of a picklist, and what people see for it. */
export interface PicklistEntry {
  value: string;
  label: string;
  active: boolean;
}

/** The states or countries of an address that the org keeps by code. */
export interface RegionCodes {
  /** The field that holds the code. */
  field: string;
  /** Of states: the countries of the same address. */
  country?: RegionCodes;
  /** Each with the codes of the countries that it belongs to. */
  entries: readonly (PicklistEntry & { countries: readonly string[] })[];
}

/** A field of describe, reduced to the properties that the bridge uses. */
export interface SalesforceField {
  name: string;
  label: string;
  /** Describe's type: string, textarea, phone, picklist, multipicklist, boolean, double, currency, date, datetime, reference … */
  type: string;
  length: number;
  precision: number;
  scale: number;
  nillable: boolean;
  createable: boolean;
  updateable: boolean;
  defaultedOnCreate: boolean;
  restrictedPicklist: boolean;
  /** The active values. */
  picklistValues: string[];
  /** Every value with its label, in the connected user's language; where no label is known it is absent. */
  picklist?: readonly PicklistEntry[];
  /** A formula or a roll-up summary: the org computes it, and no event carries its changes. */
  calculated?: boolean;
  /** Whether a query may filter by it. Default: yes. */
  filterable?: boolean;
  /** Rich text: Salesforce keeps HTML. */
  htmlFormatted?: boolean;
  /** Of a part of a compound: the compound's name. */
  compoundFieldName?: string | null;
  /** Of dates and date-times: IANA name of the zone in which a moment has its day. UTC without one. */
  timeZone?: string;
  /**
   * Of a restricted picklist: the values that a record of the record type may hold that the connected user's new records get.
   * Absent where every value may.
   */
  creationValues?: string[];
  /** Of a state or a country, as a text or by its code, in an org with state and country picklists. */
  codes?: RegionCodes;
  /** Objects that a reference may point to. */
  referenceTo?: string[];
}

export interface RecordTypeProblem {
  /** As the settings name it. */
  wanted: string;
  why: 'unknown' | 'inactive' | 'unavailable' | 'person';
  /** Labels of those that the connected user may give. */
  available: readonly string[];
}

export interface SalesforceObject {
  name: string;
  label: string;
  createable: boolean;
  updateable: boolean;
  /** Label of the record type that a new record of the bridge gets; absent where the object has none. */
  recordType?: string;
  /** The record type that a new record is given: that of the settings, or another one where the default makes a person of it. */
  newRecordTypeId?: string;
  /** The settings name a record type that no new record of the connected user can have (B15). */
  recordTypeProblem?: RecordTypeProblem;
  /** The connected user's new Accounts are persons, and no other record type is assigned: no business can be created. */
  onlyPersons?: boolean;
  fields: Record<string, SalesforceField>;
}

/** The field of an Account, in an org with person accounts, that says whether it is a person. */
export const PERSON_ACCOUNT = 'IsPersonAccount';

/** In which currencies the org keeps amounts. */
export interface OrgCurrencies {
  /** Each record with amounts names its own (CurrencyIsoCode). */
  several: boolean;
  /** ISO 4217: the active ones, or the only one; empty where that is not known. */
  codes: readonly string[];
}

/** A field's value in REST: dates `2026-11-24`, date-times `2026-11-24T06:30:00.000+0000` or RFC 3339. */
export const salesforceValueSchema = z.union([z.string(), z.number(), z.boolean(), z.null()]);
export type SalesforceValue = z.infer<typeof salesforceValueSchema>;
export type SalesforceFields = Record<string, SalesforceValue>;

/** Names of the package's own fields in this org, with the namespace where there is one. */
export interface PackageNames {
  /** '' in an unmanaged deploy, 'sellfire__' in the managed install. */
  prefix: string;
  leadId: string;
  phase: string;
  ownedRepId: string;
  /** Of a Contact that a sale made for one of its people. */
  contactKey: string;
}

export function packageNames(prefix: string): PackageNames {
  return {
    prefix,
    leadId: `${prefix}Sellfire_Lead_Id__c`,
    phase: `${prefix}Phase__c`,
    ownedRepId: `${prefix}Owned_Rep_Id__c`,
    contactKey: `${prefix}Sellfire_Contact_Key__c`,
  };
}

/**
 * The objects whose changes the bridge receives. A Sellfire lead is linked to a Lead or a Contact, and may have an
 * Account.
 */
export const PERSON_OBJECTS = ['Lead', 'Contact'] as const;
export type PersonObject = (typeof PERSON_OBJECTS)[number];
export const FOLLOWED_OBJECTS = ['Lead', 'Contact', 'Account'] as const;
export type FollowedObject = (typeof FOLLOWED_OBJECTS)[number];
