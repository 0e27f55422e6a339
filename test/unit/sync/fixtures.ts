// A small configuration and the two kinds of change, for tests of the core.
import type { SalesforceChange, SellfireChange } from '../../../bridge/model/change.ts';
import type { SyncConfig } from '../../../bridge/model/config.ts';
import type { SellfireEvent } from '../../../bridge/model/event.ts';
import type { SellfireValue } from '../../../bridge/model/field.ts';
import type { Lead } from '../../../bridge/model/lead.ts';
import type { FieldMapping, SyncRule } from '../../../bridge/model/mapping.ts';
import { packageNames } from '../../../bridge/model/salesforce.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../../bridge/model/settings.ts';
import { PHASES } from '../../../bridge/model/phase.ts';
import { REQUEST_PREFIX } from '../../../bridge/model/plan.ts';
import { salesforceField, salesforceObject, sellfireField } from '../../helpers/fields.ts';

export const LEAD_ID = '00Q000000000001EAA';
export const CONTACT_ID = '003000000000001AAA';
export const US = '005000000000001AAA';
export const SOMEBODY = '005000000000002AAA';

const names = packageNames('');
const common = [
  salesforceField('Phone', 'phone'),
  salesforceField('Title', 'string'),
  salesforceField('Email', 'email'),
  salesforceField(names.phase, 'picklist'),
  salesforceField(names.ownedRepId, 'string'),
  salesforceField(names.leadId, 'string'),
];

/** `Lead.Company` ← `business_name` by this rule. */
export function mapping(
  sellfireName: string,
  target: string,
  rule: SyncRule = 'TwoWay',
  extra: Partial<FieldMapping> = {},
): FieldMapping {
  const [salesforceObject = '', salesforceFieldName = ''] = target.split('.');
  return {
    id: `${sellfireName}>${target}`,
    sellfireObject: 'lead',
    sellfireField: sellfireName,
    salesforceObject,
    salesforceField: salesforceFieldName,
    rule,
    triggers: ['createUpdate'],
    ...extra,
  };
}

export const USUAL = [
  mapping('primary_phone_number', 'Lead.Phone'),
  mapping('business_name', 'Lead.Company'),
  mapping('last_name', 'Lead.LastName'),
  mapping('title', 'Lead.Title', 'SalesforceUnlessBlank'),
  mapping('email', 'Lead.Email', 'AlwaysSellfire'),
  mapping('phase', `Lead.${names.phase}`),
  mapping('owned_rep_id', `Lead.${names.ownedRepId}`),
  mapping('primary_phone_number', 'Contact.Phone'),
  mapping('last_name', 'Contact.LastName'),
];

export function config(mappings: FieldMapping[] = USUAL, settings: Partial<Settings> = {}): SyncConfig {
  return {
    orgId: '00D000000000001AAA',
    user: US,
    names,
    mappings,
    settings: { ...DEFAULT_SETTINGS, ...settings },
    objects: {
      Lead: salesforceObject('Lead', [
        ...common,
        salesforceField('LastName', 'string', { nillable: false }),
        salesforceField('Company', 'string', { nillable: false }),
      ]),
      Contact: salesforceObject('Contact', [...common, salesforceField('LastName', 'string', { nillable: false })]),
    },
    catalogue: [
      sellfireField('primary_phone_number', 'phone'),
      sellfireField('business_name', 'text'),
      sellfireField('last_name', 'text'),
      sellfireField('title', 'text'),
      sellfireField('email', 'email'),
      sellfireField('phase', 'select', { options: [...PHASES] }),
      sellfireField('owned_rep_id', 'rep'),
    ],
    timeZone: 'UTC',
    currencies: { several: false, codes: ['USD'] },
    country: 'US',
  };
}

export const iso = (ms: number): string => new Date(ms).toISOString();

export function lead(id: string, fields: Record<string, SellfireValue>, extra: Partial<Lead> = {}): Lead {
  const at = iso(1_000);
  return {
    id,
    version: 1,
    created_at: at,
    updated_at: at,
    deleted_at: null,
    cycle: 1,
    fields: { phase: 'ColdCallCold', owned_rep_id: null, ...fields },
    changed_at: Object.fromEntries(Object.keys({ phase: 1, ...fields }).map((name) => [name, at])),
    salesforce: { lead_id: null, contact_id: null, account_id: null },
    ...extra,
  };
}

let sequence = 0;
export function sellfireChange(
  type: SellfireEvent['type'],
  at: number,
  subject: Lead,
  changes: SellfireEvent['changes'],
  actor: SellfireEvent['actor']['kind'] = 'rep',
): SellfireChange {
  sequence += 1;
  return {
    source: 'sellfire',
    eventId: `evt_${sequence}`,
    at,
    event: {
      id: `evt_${sequence}`,
      sequence,
      type,
      occurred_at: iso(at),
      actor: { kind: actor, id: null, request_id: actor === 'api' ? `${REQUEST_PREFIX}test` : null },
      lead_id: subject.id,
      lead: subject,
      changes,
      schedule_item: null,
      activity: null,
      sale: null,
    },
  };
}

export function created(subject: Lead, at = 1_000, actor: SellfireEvent['actor']['kind'] = 'rep'): SellfireChange {
  const changes = Object.fromEntries(Object.entries(subject.fields).map(([name, to]) => [name, { from: null, to }]));
  return sellfireChange('lead.created', at, subject, changes, actor);
}

export function salesforceChange(
  kind: SalesforceChange['kind'],
  at: number,
  fields: SalesforceChange['fields'],
  extra: Partial<SalesforceChange> = {},
): SalesforceChange {
  sequence += 1;
  return {
    source: 'salesforce',
    eventId: `replay_${sequence}`,
    at,
    object: 'Lead',
    recordId: LEAD_ID,
    kind,
    fields,
    user: SOMEBODY,
    origin: '',
    ...extra,
  };
}
