// Reads the admin's configuration, field mappings and settings, from the package's records in the org. An invalid record becomes a
// problem that names it; the rest of the configuration still applies.
import { explain } from '../../model/catalogue/catalogue.ts';
import { inWords, type Explanation } from '../../model/catalogue/entry.ts';
import { PeerError } from '../../model/fault.ts';
import { fieldMappingSchema, SYNC_RULES } from '../../model/mapping.ts';
import type { FieldMapping, Trigger } from '../../model/mapping.ts';
import type { PackageNames, SalesforceFields } from '../../model/salesforce.ts';
import { DEFAULT_SETTINGS, settingsSchema } from '../../model/settings.ts';
import type { Settings } from '../../model/settings.ts';
import { trimmedText } from '../../model/text.ts';
import { query } from '../api/query.ts';
import type { Rest } from '../api/rest.ts';
import { identifier } from '../api/soql.ts';
import { describeObject } from './schema.ts';
import { withoutPrefix } from './topics.ts';

export interface ConfigurationProblem {
  recordId: string;
  /** The record's Name, which the admin sees. */
  name: string;
  reason: string;
}

export interface Configuration {
  mappings: FieldMapping[];
  settings: Settings;
  problems: ConfigurationProblem[];
}

const TRIGGER_FIELDS: Record<Trigger, string> = {
  createUpdate: 'On_Create_Update__c',
  demoSet: 'On_Demo_Set__c',
  sale: 'On_Sale__c',
};
const MAPPING_FIELDS = {
  sellfireObject: 'Sellfire_Object__c',
  sellfireField: 'Sellfire_Field__c',
  salesforceObject: 'Salesforce_Object__c',
  salesforceField: 'Salesforce_Field__c',
  rule: 'Sync_Rule__c',
};
const SETTING_FIELDS: Record<keyof Settings, string> = {
  createInSalesforce: 'Create_In_Salesforce__c',
  updateInSalesforce: 'Update_In_Salesforce__c',
  createInSellfire: 'Create_In_Sellfire__c',
  updateInSellfire: 'Update_In_Sellfire__c',
  activitySync: 'Activity_Sync__c',
  connectionUpdate: 'Connection_Update__c',
  accountAtDemo: 'Account_At_Demo__c',
  opportunityAtDemo: 'Opportunity_At_Demo__c',
  multiSite: 'Multi_Site__c',
  createProducts: 'Create_Products__c',
  runAssignmentRules: 'Run_Assignment_Rules__c',
  saveOverDuplicateAlerts: 'Save_Over_Duplicate_Alerts__c',
  alertBell: 'Alert_Bell__c',
  alertEmail: 'Alert_Email__c',
  alertWebhook: 'Alert_Webhook__c',
  weeklyDigest: 'Weekly_Digest__c',
  leadRecordType: 'Lead_Record_Type__c',
  contactRecordType: 'Contact_Record_Type__c',
  accountRecordType: 'Account_Record_Type__c',
  opportunityRecordType: 'Opportunity_Record_Type__c',
  demoStage: 'Demo_Stage__c',
  reportDays: 'Report_Days__c',
  apiShare: 'Api_Share__c',
};

/** Two API calls. @throws PeerError */
export async function readConfiguration(rest: Rest, names: PackageNames): Promise<Configuration> {
  const [mappingRows, settingRows] = await Promise.all([
    rowsOf(rest, names, 'Field_Mapping__c', [...Object.values(MAPPING_FIELDS), ...Object.values(TRIGGER_FIELDS)]),
    readSettings(rest, names),
  ]);
  const problems: ConfigurationProblem[] = [];
  const mappings = mappingRows.flatMap((row) => parseMapping(row, problems));
  const settings = parseSettings(settingRows.rows, problems);
  const [row] = settingRows.rows;
  if (settingRows.missing.length > 0) problems.push(problem(row ?? { Name: 'Sync Settings' }, settingRows.missing));
  return { mappings, settings, problems };
}

/** Without one of these nothing is synced: a default could write what an admin has switched off. */
const SWITCHES: readonly (keyof Settings)[] = [
  'createInSalesforce',
  'updateInSalesforce',
  'createInSellfire',
  'updateInSellfire',
];

/**
 * A package of an earlier version lacks a setting of a later bridge, and Salesforce refuses the whole query because of it: the default
 * of that setting applies. One API call, and two more where a setting is missing. @throws PeerError
 */
async function readSettings(
  rest: Rest,
  names: PackageNames,
): Promise<{ rows: SalesforceFields[]; missing: Explanation[] }> {
  const object = 'Sync_Settings__c';
  try {
    return { rows: await rowsOf(rest, names, object, Object.values(SETTING_FIELDS)), missing: [] };
  } catch (error) {
    if (!(error instanceof PeerError) || error.fault.code !== 'INVALID_FIELD') throw error;
    const described = await describeObject(rest, names.prefix + object);
    const keys = Object.keys(SETTING_FIELDS) as (keyof Settings)[];
    const missing = keys.filter((key) => !described?.fields[names.prefix + SETTING_FIELDS[key]]);
    if (missing.length === 0 || missing.some((key) => SWITCHES.includes(key))) throw error;
    const known = keys.filter((key) => !missing.includes(key)).map((key) => SETTING_FIELDS[key]);
    return {
      rows: await rowsOf(rest, names, object, known),
      missing: missing.map((key) =>
        explain('ENTRY_INVALID.settingMissing', {
          label: labelOf(SETTING_FIELDS[key]),
          used: String(DEFAULT_SETTINGS[key]) || 'none',
        }),
      ),
    };
  }
}

/** The object's records, oldest first, with the fields' names without the namespace. */
async function rowsOf(
  rest: Rest,
  { prefix }: PackageNames,
  object: string,
  fields: string[],
): Promise<SalesforceFields[]> {
  const columns = ['Id', 'Name', ...fields.map((field) => prefix + field)].map(identifier);
  const soql = `SELECT ${columns.join(', ')} FROM ${identifier(prefix + object)} ORDER BY CreatedDate, Id`;
  const rows: SalesforceFields[] = [];
  for await (const row of query(rest, soql)) rows.push(withoutPrefix({ prefix }, row));
  return rows;
}

function parseMapping(row: SalesforceFields, problems: ConfigurationProblem[]): FieldMapping[] {
  const triggers = (Object.keys(TRIGGER_FIELDS) as Trigger[]).filter((one) => row[TRIGGER_FIELDS[one]] === true);
  const given = Object.fromEntries(
    Object.entries(MAPPING_FIELDS).map(([key, field]) => [key, trimmedText(row[field])]),
  ) as Record<keyof typeof MAPPING_FIELDS, string>;
  const parsed = fieldMappingSchema.safeParse({
    ...given,
    id: row['Id'],
    sellfireObject: snakeCase(given.sellfireObject),
    triggers,
  });
  if (parsed.success) return [parsed.data];
  const reasons = parsed.error.issues.map(({ path: [key] }) => {
    const value = String(given[key as keyof typeof MAPPING_FIELDS]);
    const label = labelOf(MAPPING_FIELDS[key as keyof typeof MAPPING_FIELDS] ?? String(key));
    if (value === '') return explain('ENTRY_INVALID.empty', { label });
    return key === 'rule'
      ? explain('ENTRY_INVALID.rule', { label, value, rules: SYNC_RULES.join(', ') })
      : explain('ENTRY_INVALID.unknown', { label, value });
  });
  problems.push(problem(row, reasons));
  return [];
}

/** An invalid setting counts as absent: its default applies, and the other settings keep their values. */
function parseSettings(rows: SalesforceFields[], problems: ConfigurationProblem[]): Settings {
  const [row, ...others] = rows;
  if (!row) return DEFAULT_SETTINGS;
  for (const other of others)
    problems.push(problem(other, [explain('ENTRY_INVALID.secondSettings', { name: trimmedText(row['Name']) })]));
  const given = new Map(
    Object.entries(SETTING_FIELDS).flatMap(([key, field]) => (row[field] == null ? [] : [[key, row[field]]])),
  );
  const parsed = settingsSchema.safeParse(Object.fromEntries(given));
  if (parsed.success) return parsed.data;
  const reasons = parsed.error.issues.map(({ path: [key], message }) => {
    const name = key as keyof Settings;
    const value = given.get(name);
    given.delete(name);
    return explain('ENTRY_INVALID.setting', {
      label: labelOf(SETTING_FIELDS[name]),
      value: String(value),
      used: String(DEFAULT_SETTINGS[name]),
      problem: message,
    });
  });
  problems.push(problem(row, reasons));
  return settingsSchema.parse(Object.fromEntries(given));
}

const problem = (row: SalesforceFields, reasons: Explanation[]): ConfigurationProblem => ({
  recordId: trimmedText(row['Id']),
  name: trimmedText(row['Name']),
  reason: reasons.map(inWords).join(' '),
});

/** Admins write both `SaleItem` and `sale_item`. */
const snakeCase = (name: string): string => name.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toLowerCase();

/** `Sync_Rule__c` → Sync Rule */
const labelOf = (field: string): string => field.replace(/__c$/, '').replaceAll('_', ' ');
