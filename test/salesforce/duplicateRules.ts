// The org's duplicate rules, each a switch: a new or changed record that another one equals in one field is refused with
// the matches, or let in where the rule and the request allow it.
// Source: REST API Developer Guide, "Duplicate Rule Header"; Object Reference, "DuplicateResult", "MatchResult".
import { PlatformError, type ObjectDef, type Row } from './model.ts';
import type { Schema } from './schema.ts';
import type { Tables } from './tables.ts';
import type { SaveGuard } from './validation.ts';

export interface DuplicateRule {
  /** `Standard_Lead_Duplicate_Rule` */
  name: string;
  object: 'Account' | 'Contact' | 'Lead';
  /** The field by which records are the same person or company. */
  field: string;
  /** `alert` is let in by a request that says so, `block` by none. Default `alert`. */
  action?: 'alert' | 'block';
  /** Looks among these objects; its own where it is left out. */
  against?: ('Account' | 'Contact' | 'Lead')[];
}

export interface DuplicateResult {
  allowSave: boolean;
  duplicateRule: string;
  duplicateRuleEntityType: string;
  errorMessage: string;
  matchResults: {
    entityType: string;
    errors: never[];
    matchEngine: string;
    matchRecords: {
      additionalInformation: never[];
      fieldDiffs: never[];
      matchConfidence: number;
      record: { attributes: { type: string; url?: string }; Id: string };
    }[];
    rule: string;
    size: number;
    success: boolean;
  }[];
}

/** DUPLICATES_DETECTED, with the records that were found. */
export class DuplicatesDetected extends PlatformError {
  readonly duplicateResult: DuplicateResult;
  constructor(result: DuplicateResult) {
    super('DUPLICATES_DETECTED', result.errorMessage);
    this.duplicateResult = result;
  }
}

export interface DuplicateRules extends SaveGuard {
  add(rule: DuplicateRule): void;
  clear(): void;
}

/** What the platform says when a rule has no words of its own. */
const MESSAGE = 'Use one of these records?';
const PHONES = new Set(['Phone', 'MobilePhone', 'HomePhone', 'OtherPhone']);
/** How many matches an answer names. */
const MOST_MATCHES = 100;

/** @returns true where the header asks that duplicates be saved */
export function allowsDuplicates(header: string | undefined): boolean {
  return /(?:^|[;,\s])allowSave\s*=\s*true\b/i.test(header ?? '');
}

export function createDuplicateRules(schema: Schema, tables: Tables): DuplicateRules {
  const rules: DuplicateRule[] = [];

  /** Phones match by their digits, however they are written. */
  function matches(object: ObjectDef, field: string, value: string): Row[] {
    if (!object.fields.has(field)) return [];
    if (!PHONES.has(field)) return tables.find(object, { [field]: value }, MOST_MATCHES);
    const digits = value.replace(/\D/g, '');
    const all = tables.find(object, {}, Number.MAX_SAFE_INTEGER);
    return digits === '' ? [] : all.filter((row) => String(row[field] ?? '').replace(/\D/g, '') === digits);
  }

  function detect(rule: DuplicateRule, row: Row): DuplicateResult | undefined {
    const value = row[rule.field];
    if (typeof value !== 'string') return undefined;
    const matchResults = (rule.against ?? [rule.object]).flatMap((entityType) => {
      const found = matches(schema.object(entityType), rule.field, value).filter((other) => other['Id'] !== row['Id']);
      if (found.length === 0) return [];
      const matchRecords = found.map((other) => ({
        additionalInformation: [] as never[],
        fieldDiffs: [] as never[],
        matchConfidence: 100,
        record: { attributes: { type: entityType }, Id: String(other['Id']) },
      }));
      const rest = {
        errors: [] as never[],
        matchEngine: 'ExactMatchEngine',
        rule: `${rule.name}_Match`,
        success: true,
      };
      return [{ ...rest, entityType, matchRecords, size: matchRecords.length }];
    });
    if (matchResults.length === 0) return undefined;
    return {
      allowSave: rule.action !== 'block',
      duplicateRule: rule.name,
      duplicateRuleEntityType: rule.object,
      errorMessage: MESSAGE,
      matchResults,
    };
  }

  return {
    add: (rule) => void rules.push(rule),
    clear: () => void rules.splice(0),
    check(object, row, before, { allowDuplicates }) {
      for (const rule of rules) {
        // An update is looked at where it touches what the rule compares.
        if (rule.object !== object.name || (before && before[rule.field] === row[rule.field])) continue;
        const result = detect(rule, row);
        if (result && !(allowDuplicates === true && result.allowSave)) throw new DuplicatesDetected(result);
      }
    },
  };
}
