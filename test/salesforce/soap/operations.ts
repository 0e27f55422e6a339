// The calls of the SOAP API that this org answers. Calls on several records answer for each of them; a conversion and a
// merge are transactions of their own.
import { parseId } from '../ids.ts';
import { childOf, childrenOf, flagOf, textOf, textsOf, type Element } from '../metadata/xml.ts';
import { PlatformError, type LeadConversion, type ObjectDef, type Row, type Transaction } from '../model.ts';
import type { Org } from '../org.ts';
import { changedBetween } from '../changedBetween.ts';
import { byExternalId, isIdentifier } from '../rest/body.ts';
import type { TransactionContext } from '../transaction.ts';
import { userInfo } from './userInfo.ts';

export interface SoapCall {
  userId: string;
  token: string;
  context: TransactionContext;
  header: Element;
}

type Operation = (org: Org, request: Element, call: SoapCall) => object | object[];

/** Records in one call. */
const MOST_RECORDS = 200;
/** Conversions in one call (SOAP API Developer Guide, "convertLead()"). */
const MOST_CONVERSIONS = 100;

export const OPERATIONS: Readonly<Record<string, Operation>> = {
  convertLead(org, request, call) {
    const requests = atMost(childrenOf(request, 'leadConverts'), MOST_CONVERSIONS);
    return requests.map((one) => {
      const none = { accountId: null, contactId: null, opportunityId: null };
      try {
        const conversion = leadConversion(one);
        const done = org.transact(call.context, (transaction) => transaction.convertLead(conversion));
        return { ...done, success: true };
      } catch (error) {
        return { ...none, errors: [problem(error)], leadId: textOf(one, 'leadId') ?? null, success: false };
      }
    });
  },
  merge(org, request, call) {
    const requests = atMost(childrenOf(request, 'mergeRequests'), MOST_RECORDS);
    return requests.map((one) => {
      try {
        return merge(org, one, call.context);
      } catch (error) {
        return { errors: [problem(error)], id: null, success: false };
      }
    });
  },
  undelete: (org, request, call) =>
    each(org, call, idsOf(request), (tx, id) => void tx.undelete(objectOf(org, id).name, id)),
  emptyRecycleBin: (org, request, call) =>
    each(org, call, idsOf(request), (tx, id) => void tx.erase(objectOf(org, id).name, id)),
  delete: (org, request, call) =>
    each(org, call, idsOf(request), (tx, id) => void tx.remove(objectOf(org, id).name, id)),
  create: (org, request, call) =>
    each(org, call, childrenOf(request, 'sObjects'), (tx, record) => {
      const { object, fields } = sObject(org, record);
      return tx.create(object.name, fields);
    }),
  update: (org, request, call) =>
    each(org, call, childrenOf(request, 'sObjects'), (tx, record) => {
      const { object, id, fields } = sObject(org, record);
      if (id === undefined) throw new PlatformError('MISSING_ARGUMENT', 'Id not specified in an update call');
      tx.update(object.name, id, fields);
      return id;
    }),
  upsert: (org, request, call) => {
    const name = textOf(request, 'externalIDFieldName') ?? '';
    return each(org, call, childrenOf(request, 'sObjects'), (tx, record) => upsert(org, tx, record, name));
  },
  logout(org, _request, { token }) {
    org.sessions.close(token);
    return [];
  },
  getDeleted: (org, request) => {
    const { deletedRecords, ...dates } = changedBetween(org, ...spanOf(org, request)).deleted();
    return { deletedRecords: deletedRecords.map(({ id, deletedDate }) => ({ deletedDate, id })), ...dates };
  },
  getUpdated: (org, request) => changedBetween(org, ...spanOf(org, request)).updated(),
  getServerTimestamp: (org) => ({ timestamp: new Date(org.clock()).toISOString() }),
  getUserInfo: (org, _request, { userId }) => userInfo(org, userId),
};

function atMost<T>(all: T[], most: number): T[] {
  if (all.length > most)
    throw new PlatformError(
      'EXCEEDED_ID_LIMIT',
      `record limit reached. cannot submit more than ${most} records into this call`,
    );
  return all;
}

function idsOf(request: Element): string[] {
  return textsOf(request, 'ids');
}

/** Takes each in its turn, in one transaction: what fails is undone alone, unless the AllOrNoneHeader says otherwise. */
function each<T extends string | Element>(
  org: Org,
  { context, header }: SoapCall,
  items: T[],
  work: (transaction: Transaction, item: T) => string | { id: string; created: boolean } | undefined,
): object[] {
  atMost(items, MOST_RECORDS);
  const allOrNone = flagOf(childOf(header, 'AllOrNoneHeader') ?? {}, 'allOrNone');
  const results: { id: string | null; success: boolean; created?: boolean; errors?: object[] }[] = [];
  class Undone extends Error {}
  try {
    org.transact(context, (transaction) => {
      for (const item of items) {
        try {
          const normal = typeof item === 'string' ? (parseId(item) as T) : item;
          const done = work(transaction, normal);
          results.push(
            typeof done === 'object' ? { ...done, success: true } : { id: done ?? (normal as string), success: true },
          );
        } catch (error) {
          results.push({ errors: [problem(error)], id: null, success: false });
        }
      }
      if (allOrNone && results.some((result) => !result.success)) throw new Undone();
    });
    return results;
  } catch (error) {
    if (!(error instanceof Undone)) throw error;
    const words = 'Record rolled back because not all records were valid and the request was using AllOrNone header';
    const undone = problem(new PlatformError('ALL_OR_NONE_OPERATION_ROLLED_BACK', words));
    return results.map((result) => (result.success ? { errors: [undone], id: null, success: false } : result));
  }
}

function upsert(
  org: Org,
  transaction: Transaction,
  record: Element,
  keyName: string,
): { id: string; created: boolean } {
  const { object, id: given, fields } = sObject(org, record);
  const field = org.schema.field(object, keyName);
  if (!field || !isIdentifier(field)) {
    throw new PlatformError('INVALID_FIELD', `Field name provided, ${keyName} is not an External ID or indexed field`);
  }
  const own = Object.keys(fields).find((name) => name.toLowerCase() === field.name.toLowerCase());
  const key = field.type === 'id' ? given : own === undefined ? undefined : fields[own];
  if (field.type !== 'id' && (key ?? null) === null) {
    throw new PlatformError('MISSING_ARGUMENT', `${field.name} not specified`, { fields: [field.name] });
  }
  const found = key === undefined ? [] : byExternalId(org, object, field, key);
  const [only] = found;
  if (found.length > 1) {
    const message = `${field.name}: more than one record found for external id field`;
    throw new PlatformError('DUPLICATE_EXTERNAL_ID', message, { fields: [field.name] });
  }
  if (!only) {
    if (given !== undefined) throw new PlatformError('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id');
    return { id: transaction.create(object.name, fields), created: true };
  }
  const id = String(only['Id']);
  org.faults.checkLock(id);
  const others = Object.fromEntries(Object.entries(fields).filter(([name]) => name !== own));
  transaction.update(object.name, id, others);
  return { id, created: false };
}

/** @throws the error itself where it is no refusal of the platform: that is a defect of this org */
function problem(error: unknown): object {
  if (!(error instanceof PlatformError)) throw error;
  return { fields: error.fields, message: error.message, statusCode: error.errorCode };
}

function objectOf(org: Org, id: string): ObjectDef {
  const object = org.schema.byKeyPrefix(id.slice(0, 3));
  if (!object) throw new PlatformError('INVALID_ID_FIELD', `invalid id ${id}`);
  return object;
}

/** The type is an element for Partner clients; Enterprise clients say it in the id. */
function sObject(org: Org, record: Element): { object: ObjectDef; id: string | undefined; fields: Row } {
  const given = textsOf(record, 'Id')[0];
  const id = given === undefined || given === '' ? undefined : parseId(given);
  const type = textOf(record, 'type');
  if (type === undefined && id === undefined)
    throw new PlatformError('INVALID_TYPE', 'Must send a concrete entity type.');
  const object = type === undefined ? objectOf(org, id ?? '') : org.schema.object(type);
  const fields: Row = {};
  for (const [name, value] of Object.entries(record)) {
    if (['type', 'Id', 'fieldsToNull'].includes(name) || value === undefined) continue;
    if (typeof value !== 'string') throw new PlatformError('INVALID_FIELD', `${name}: only plain values can be saved`);
    fields[name] = value;
  }
  for (const name of textsOf(record, 'fieldsToNull')) fields[name] = null;
  return { object, id, fields };
}

function leadConversion(request: Element): LeadConversion {
  const text = (name: string): string | undefined => textOf(request, name) || undefined;
  const id = (name: string): string | undefined => {
    const given = text(name);
    return given === undefined ? undefined : parseId(given);
  };
  const leadId = id('leadId');
  if (leadId === undefined) throw new PlatformError('MISSING_ARGUMENT', 'leadId is required');
  for (const name of ['accountRecord', 'contactRecord', 'opportunityRecord']) {
    if (request[name]) throw new PlatformError('INVALID_FIELD', `${name} is not supported by this org`);
  }
  return {
    leadId,
    convertedStatus: text('convertedStatus') ?? '',
    ...optional('accountId', id('accountId')),
    ...optional('contactId', id('contactId')),
    ...optional('opportunityId', id('opportunityId')),
    ...optional('opportunityName', text('opportunityName')),
    ...optional('ownerId', id('ownerId')),
    doNotCreateOpportunity: flagOf(request, 'doNotCreateOpportunity'),
    overwriteLeadSource: flagOf(request, 'overwriteLeadSource'),
  };
}

function optional<K extends string>(name: K, value: string | undefined): Partial<Record<K, string>> {
  return value === undefined ? {} : ({ [name]: value } as Record<K, string>);
}

function merge(org: Org, request: Element, context: TransactionContext): object {
  const { object, id, fields } = sObject(org, childOf(request, 'masterRecord') ?? {});
  if (id === undefined) throw new PlatformError('MISSING_ARGUMENT', 'The master record needs its Id');
  const losers = textsOf(request, 'recordToMergeIds').map(parseId);
  const updatedRelatedIds = org.transact(context, (transaction) => transaction.merge(object.name, id, losers, fields));
  return { id, mergedRecordIds: losers, success: true, updatedRelatedIds };
}

function spanOf(org: Org, request: Element): [ObjectDef, string, string] {
  const object = org.schema.object(textOf(request, 'sObjectType') ?? '');
  return [object, textOf(request, 'startDate') ?? '', textOf(request, 'endDate') ?? ''];
}
