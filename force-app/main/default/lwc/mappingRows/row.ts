// One mapping as a row: names that people know, with the API names beside them, and its status in words (M8).
import {
  areDropdowns,
  type Beside,
  type Other,
  type SalesforceObject,
  type SellfireField,
  type Trigger,
} from 'c/fieldFit';
import { directionOf, ruleLabel, triggersText, type Direction } from 'c/mappingRules';
import { fill, objectLabel } from 'c/mappingTexts';
import { labels } from './labels';
import { wordsOf } from './reason';
import { SIGNS, sectionOf, statusOf, type MappingRecord, type Section, type Status } from './status';

export interface Row {
  id: string;
  /** `Title ↔ Lead, Title`: what it is called in sentences. */
  title: string;
  section: Section;
  sellfire: string;
  sellfireObject: string;
  salesforce: string;
  salesforceName: string;
  salesforceObject: string;
  objectName: string;
  direction: Direction;
  triggers: readonly Trigger[];
  fires: string;
  rule: string;
  status: Status;
  statusText: string;
  statusIcon: string;
  statusVariant: string;
  reason: string;
  /** Of the reason, where the words are those of the bridge and the page is not in English. */
  reasonLanguage: string | undefined;
  hasReason: boolean;
  canInspect: boolean;
  inspectLabel: string;
  menuLabel: string;
}

/** What is known of the fields, to name and to judge them. */
export interface Names {
  sellfire: (mapping: Other) => SellfireField | undefined;
  /** Undefined where it is not read yet, gone, or hidden from the user. */
  object: (name: string) => SalesforceObject | undefined;
  beside: Beside;
  /** Whether Sellfire's fields are known. */
  isRead: boolean;
}

export function toRow(mapping: MappingRecord, names: Names, texts: { inspect: string; actions: string }): Row {
  const sellfire = names.sellfire(mapping);
  const object = names.object(mapping.salesforceObject);
  const salesforce = object?.fields[mapping.salesforceField];
  const status = statusOf(mapping);
  const sign = SIGNS[status];
  const { reason, language } =
    status === 'unchecked'
      ? { reason: labels.uncheckedWhy, language: undefined }
      : wordsOf(mapping, { sellfire, object, salesforce }, names.beside);
  const title = fill(
    labels.pair,
    sellfire?.label ?? mapping.sellfireField,
    object?.label ?? mapping.salesforceObject,
    salesforce?.label ?? mapping.salesforceField,
  );
  return {
    id: mapping.id,
    title,
    section: sectionOf(sellfire, names.isRead),
    sellfire: sellfire?.label ?? mapping.sellfireField,
    sellfireObject: objectLabel(mapping.sellfireObject),
    salesforce: salesforce?.label ?? mapping.salesforceField,
    salesforceName: mapping.salesforceField,
    salesforceObject: object?.label ?? mapping.salesforceObject,
    objectName: mapping.salesforceObject,
    direction: directionOf(mapping.rule),
    triggers: mapping.triggers,
    fires: triggersText(mapping.triggers),
    rule: ruleLabel(mapping.rule),
    status,
    statusText: sign.text,
    statusIcon: sign.icon,
    statusVariant: sign.variant,
    reason,
    reasonLanguage: language,
    hasReason: reason !== '' && status !== 'off',
    canInspect: Boolean(sellfire && salesforce && areDropdowns(sellfire.type, salesforce.type)),
    inspectLabel: fill(texts.inspect, title),
    menuLabel: fill(texts.actions, title),
  };
}
