// All that the core needs to know of one connection besides the change itself: who we are, what is mapped, what is on.
import type { SellfireField } from './field.ts';
import type { FieldMapping } from './mapping.ts';
import type { PackageNames, SalesforceObject } from './salesforce.ts';
import type { Settings } from './settings.ts';

export interface SyncConfig {
  /** 18-character org id. */
  orgId: string;
  /** Origin of the org's pages, for links in what people are sent; without it there is no link. */
  orgUrl?: string;
  /** The connected Salesforce user: whose writes are ours. */
  user: string;
  names: PackageNames;
  mappings: FieldMapping[];
  settings: Settings;
  /** Describe results of the objects that are mapped. */
  objects: Record<string, SalesforceObject>;
  catalogue: SellfireField[];
  /** Country of phone numbers that name none, as ISO 3166 alpha-2. */
  country: string;
}
