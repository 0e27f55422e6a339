// Salesforce's errors, classified by what helps against them. A wrong class here means a record given up that a second
// try would have saved, or a lost cause tried for ever. Sources: "Status Codes and Error Responses" of the REST API guide,
// the StatusCode list of the enterprise WSDL.
import { z } from 'zod';
import { codesOf, hasSentNothing } from '../lib/networkError.ts';
import { PEER_NAMES, type Fault, type FaultClass } from '../model/fault.ts';
import { said, say } from '../model/message.ts';
import { cutText } from '../model/text.ts';

/**
 * Too many long calls of all clients at the moment. Salesforce gives it the code of calls that are used up for the day, so that only its
 * words distinguish it. Source: Salesforce Knowledge 000389067.
 */
const CONCURRENT = 'CONCURRENT_REQUESTS_LIMIT_EXCEEDED';
const codeOf = (code: string, message: string): string =>
  code === 'REQUEST_LIMIT_EXCEEDED' && /^concurrent/i.test(message) ? CONCURRENT : code;

/** Codes by what helps; a code that is not here is judged by the HTTP status that carried it. */
const CODES: Record<FaultClass, readonly string[]> = {
  retry: [
    'UNABLE_TO_LOCK_ROW',
    CONCURRENT,
    'SERVER_UNAVAILABLE',
    'UNKNOWN_EXCEPTION',
    'QUERY_TIMEOUT',
    'INVALID_QUERY_LOCATOR',
    'ALL_OR_NONE_OPERATION_ROLLED_BACK',
    'PROCESSING_HALTED',
    'APEX_CPU_TIME_LIMIT_EXCEEDED',
    'TXN_SECURITY_METERING_ERROR',
    // The event of the conversion is on its way, and the next attempt looks the conversion up: the lead is relinked to the Contact.
    'CANNOT_UPDATE_CONVERTED_LEAD',
  ],
  limit: ['REQUEST_LIMIT_EXCEEDED', 'STORAGE_LIMIT_EXCEEDED', 'LIMIT_EXCEEDED'],
  auth: ['INVALID_SESSION_ID', 'INVALID_AUTH_HEADER'],
  stop: [
    'API_DISABLED_FOR_ORG',
    'API_CURRENTLY_DISABLED',
    'INVALID_TYPE',
    'INSUFFICIENT_ACCESS',
    'ORG_LOCKED',
    'INACTIVE_ORG',
    'INVALID_LOGIN',
    'UNSUPPORTED_API_VERSION',
    // OAuth's own codes.
    'INVALID_GRANT',
    'INVALID_CLIENT',
    'INVALID_CLIENT_ID',
    'INVALID_CLIENT_CREDENTIALS',
    'UNAUTHORIZED_CLIENT',
    'UNSUPPORTED_GRANT_TYPE',
    'INVALID_APP_ACCESS',
    'INVALID_SCOPE',
    'INACTIVE_USER',
  ],
  record: [
    'REQUIRED_FIELD_MISSING',
    'STRING_TOO_LONG',
    'FIELD_CUSTOM_VALIDATION_EXCEPTION',
    'FIELD_INTEGRITY_EXCEPTION',
    'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
    'INVALID_EMAIL_ADDRESS',
    'NUMBER_OUTSIDE_VALID_RANGE',
    'INVALID_FIELD',
    'INVALID_FIELD_FOR_INSERT_UPDATE',
    'INVALID_CROSS_REFERENCE_KEY',
    'INSUFFICIENT_ACCESS_OR_READONLY',
    'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY',
    'TRANSFER_REQUIRES_READ',
    'INACTIVE_OWNER_OR_USER',
    'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
    'CANNOT_EXECUTE_FLOW_TRIGGER',
    'JSON_PARSER_ERROR',
    'MALFORMED_QUERY',
    'DUPLICATE_EXTERNAL_ID',
  ],
  exists: ['DUPLICATES_DETECTED', 'DUPLICATE_VALUE'],
  gone: ['ENTITY_IS_DELETED', 'NOT_FOUND', 'MALFORMED_ID'],
};
const CLASS_OF = new Map<string, FaultClass>(
  Object.entries(CODES).flatMap(([name, codes]) => codes.map((code) => [code, name as FaultClass] as const)),
);

const matchResultSchema = z.object({
  matchRecords: z.array(z.object({ record: z.object({ Id: z.string() }).loose() }).loose()).optional(),
});
/** One error as REST answers it: `errorCode` in a body of its own, `statusCode` in an item of a collection. */
export const errorItemSchema = z
  .object({
    errorCode: z.string().optional(),
    statusCode: z.string().optional(),
    message: z.string().default(''),
    fields: z.array(z.string()).nullish(),
    duplicateResult: z
      .object({ matchResults: z.array(matchResultSchema).optional() })
      .loose()
      .optional(),
  })
  .loose();
export type ErrorItem = z.infer<typeof errorItemSchema>;

/** The class of a code, wherever it stands; `undefined` for a code that is not known. */
export function classOfCode(code: string, message = ''): FaultClass | undefined {
  // A trigger or flow of the customer's wraps what it ran into: a lock inside it passes as any other lock does.
  if (/UNABLE_TO_LOCK_ROW/.test(message)) return 'retry';
  return CLASS_OF.get(codeOf(code.toUpperCase(), message));
}

/** A record's own error, in a collection or in the body of a failed call. */
export function faultOfItem(item: ErrorItem): Fault {
  // OAuth writes its codes small; admins see one form.
  const code = codeOf((item.errorCode ?? item.statusCode ?? 'UNKNOWN_EXCEPTION').toUpperCase(), item.message);
  const holder = holderOf(item);
  return {
    class: classOfCode(code, item.message) ?? 'record',
    code,
    message: item.message,
    fields: item.fields ?? [],
    unknownOutcome: false,
    ...(holder ? { holder } : {}),
  };
}

/** The record that holds the key already: named by the duplicate rule's result, or in the message of a unique field. */
function holderOf(item: ErrorItem): string | undefined {
  for (const match of item.duplicateResult?.matchResults ?? []) {
    const id = match.matchRecords?.[0]?.record.Id;
    if (id) return id;
  }
  return /with id:?\s*([A-Za-z0-9]{18}|[A-Za-z0-9]{15})\b/.exec(item.message)?.[1];
}

/**
 * A call that HTTP says has failed.
 * @param writes whether it may have changed something: then what a broken gateway answers says nothing of the outcome.
 */
export function faultOfResponse(status: number, body: string, writes: boolean): Fault {
  const item = firstError(body);
  const code = item?.errorCode ?? item?.statusCode ?? `HTTP_${status}`;
  const message = item?.message ?? (cutText(body, 200) || `HTTP status ${status}`);
  const known = item ? classOfCode(code, message) : undefined;
  return {
    ...faultOfItem({ ...item, errorCode: code, message }),
    class: known ?? classOfStatus(status),
    unknownOutcome: writes && status >= 500 && code !== 'UNABLE_TO_LOCK_ROW',
    ...(AWAY_STATUS.includes(status) && (!item || code === 'SERVER_UNAVAILABLE') ? { isAway: true as const } : {}),
  };
}

function classOfStatus(status: number): FaultClass {
  if (status === 401) return 'auth';
  if (status === 403) return 'stop';
  if (status === 429) return 'limit';
  if (status === 404 || status === 410) return 'gone';
  if (status === 408 || status >= 500) return 'retry';
  return 'record';
}

function firstError(body: string): ErrorItem | undefined {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return undefined;
  }
  const list = z.array(errorItemSchema).safeParse(Array.isArray(json) ? json : [json]);
  const first = list.data?.[0];
  if (first?.errorCode || first?.statusCode) return first;
  const oauth = z.object({ error: z.string(), error_description: z.string().default('') }).safeParse(json);
  return oauth.success ? { errorCode: oauth.data.error, message: oauth.data.error_description } : undefined;
}

/** What the network did to a call. `writes`: as in `faultOfResponse`. */
export function faultOfNetwork(error: unknown, writes: boolean): Fault {
  const [code = 'NETWORK_ERROR'] = codesOf(error);
  const why = error instanceof Error ? error.message || error.name : String(error);
  return {
    class: 'retry',
    code,
    ...said(say('noAnswer', { peer: PEER_NAMES.salesforce, why })),
    fields: [],
    unknownOutcome: writes && !hasSentNothing(error),
    isAway: true,
  };
}

/** What a gateway says of a server that it does not reach (RFC 9110, 15.6.3 to 15.6.5). */
const AWAY_STATUS = [502, 503, 504];
