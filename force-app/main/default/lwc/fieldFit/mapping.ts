// What the pages know of a mapping and of the two fields that it joins (M2–M5).

import type { PicklistValue } from './options';

export type Rule = 'SalesforceUnlessBlank' | 'AlwaysSellfire' | 'TwoWay' | 'DoNotSync';
export type Trigger = 'createUpdate' | 'demoSet' | 'sale';

/** What an admin chooses. Texts are empty, the rule is absent, until they are chosen. */
export interface Draft {
  sellfireObject: string;
  sellfireField: string;
  salesforceObject: string;
  salesforceField: string;
  triggers: readonly Trigger[];
  rule: Rule | '';
}

/** A draft that is one of the org's mappings. */
export interface Other extends Draft {
  id: string;
}

export interface SellfireField {
  object: string;
  name: string;
  label: string;
  /** Of `SELLFIRE_TYPES`; another where the bridge is newer than the page. */
  type: string;
  custom: boolean;
  readOnly: boolean;
  required: boolean;
  /** Characters; null where there is no limit, undefined where the catalogue does not say. */
  maxLength: number | null | undefined;
  options: readonly string[];
}

export interface SalesforceField {
  name: string;
  label: string;
  /** Describe's name of the type: string, textarea, picklist, double … */
  type: string;
  length: number;
  precision: number;
  scale: number;
  /** A record cannot be made without it, and nothing fills it by itself. */
  required: boolean;
  createable: boolean;
  updateable: boolean;
  /** Whether the picklist refuses other values; undefined where the page cannot know. */
  restricted: boolean | undefined;
  /** A formula or a roll-up summary. */
  calculated?: boolean;
  /** Of a part of a compound: the compound's name. */
  compoundFieldName?: string;
  /** Whether a query may filter by it; it may where nothing is said. */
  filterable?: boolean;
  /** Active values of a picklist; undefined before they are read. */
  values: readonly string[] | undefined;
  /** The same with what people see for each; where it is missing, a value is its own label. */
  entries?: readonly PicklistValue[];
}

export interface SalesforceObject {
  name: string;
  label: string;
  createable: boolean;
  updateable: boolean;
  fields: Readonly<Record<string, SalesforceField>>;
}

/** The objects whose changes reach Sellfire. */
export const FOLLOWED_OBJECTS: readonly string[] = ['Lead', 'Contact', 'Account'];
export const PRIMARY_PHONE = 'primary_phone_number';

/** M5: whether the rule carries Sellfire's value to Salesforce. */
export const fillsSalesforce = (rule: Rule | ''): boolean => rule === 'AlwaysSellfire' || rule === 'TwoWay';

/** M5: whether the rule carries Salesforce's value to Sellfire, blanks aside. */
export const fillsSellfire = (rule: Rule | ''): boolean => rule === 'SalesforceUnlessBlank' || rule === 'TwoWay';
