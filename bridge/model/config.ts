// The configuration of one connection for the core: identities, mappings, settings, field definitions.
import type { Explanation } from './catalogue/entry.ts';
import type { SellfireField } from './field.ts';
import type { FieldMapping } from './mapping.ts';
import type { OrgCurrencies, PackageNames, PersonObject, SalesforceObject } from './salesforce.ts';
import type { Settings } from './settings.ts';

/** Why the org refuses each new record of an object, as its refusals say. */
export interface CreationRefusal {
  why: Explanation;
  /** Code and message of Salesforce. */
  words: string;
  /** Some leads try at the moment whether it still does. */
  isTried: boolean;
}

/** Objects whose creation pauses, though nothing in their describe forbids it (B23). */
export type CreationRefusals = Readonly<Partial<Record<PersonObject, CreationRefusal>>>;

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
