// The configuration of one connection for the core: identities, mappings, settings, field definitions.
import type { Explanation } from './catalogue/entry.ts';
import type { SellfireField } from './field.ts';
import type { FieldMapping } from './mapping.ts';
import { sameId } from './recordId.ts';
import { PERSON_OBJECTS, type OrgCurrencies, type PackageNames, type SalesforceObject } from './salesforce.ts';
import type { Settings } from './settings.ts';

/** What is created in either system: an object of Salesforce, or the leads of Sellfire. */
export const CREATION_TARGETS = [...PERSON_OBJECTS, 'Sellfire'] as const;
export type CreationTarget = (typeof CREATION_TARGETS)[number];

/** Why a system refuses each new record of a kind, as its refusals say. */
export interface CreationRefusal {
  why: Explanation;
  /** Code and message of the system. */
  words: string;
  /** Leads, or records of Salesforce, whose refusals have shown it: by id. */
  first?: readonly string[] | undefined;
  /** Some leads try at the moment whether it still does. */
  isTried: boolean;
}

/** What pauses, though nothing that the system describes forbids it (B23). */
export type CreationRefusals = Readonly<Partial<Record<CreationTarget, CreationRefusal>>>;

export interface SyncConfig {
  /** 18-character org id. */
  orgId: string;
  /** Origin of the org's pages, for links in e-mails; absent: no links. */
  orgUrl?: string;
  /** The connected Salesforce user, whose writes are the bridge's own. */
  user: string;
  names: PackageNames;
  mappings: FieldMapping[];
  settings: Settings;
  /** Describe results of the objects that are mapped. */
  objects: Record<string, SalesforceObject>;
  catalogue: SellfireField[];
  /** IANA name of the org's time zone, in which its days are. */
  timeZone: string;
  currencies: OrgCurrencies;
  creationRefusals?: CreationRefusals;
  /** The default country of phone numbers, as ISO 3166 alpha-2. */
  country: string;
}

/** The mapping of an id with or without its suffix. @returns undefined where the configuration has none */
export const mappingById = ({ mappings }: Pick<SyncConfig, 'mappings'>, id: string): FieldMapping | undefined =>
  mappings.find((mapping) => sameId(mapping.id, id));
