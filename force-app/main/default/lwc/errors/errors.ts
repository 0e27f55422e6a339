// What a failed read or write means, for people: one sentence, what to do, and a code for support.
import ACCESS from '@salesforce/label/c.Error_Access';
import ACCESS_ACTION from '@salesforce/label/c.Error_Access_Action';
import CONFLICT from '@salesforce/label/c.Error_Conflict';
import CONFLICT_ACTION from '@salesforce/label/c.Error_Conflict_Action';
import GONE from '@salesforce/label/c.Error_Gone';
import GONE_ACTION from '@salesforce/label/c.Error_Gone_Action';
import LIMIT from '@salesforce/label/c.Error_Limit';
import LIMIT_ACTION from '@salesforce/label/c.Error_Limit_Action';
import OFFLINE from '@salesforce/label/c.Error_Offline';
import OFFLINE_ACTION from '@salesforce/label/c.Error_Offline_Action';
import REFUSED_ACTION from '@salesforce/label/c.Error_Refused_Action';
import SESSION from '@salesforce/label/c.Error_Session';
import SESSION_ACTION from '@salesforce/label/c.Error_Session_Action';
import UNKNOWN from '@salesforce/label/c.Error_Unknown';
import UNKNOWN_ACTION from '@salesforce/label/c.Error_Unknown_Action';
import { read, type Failure } from './failure';

export type ErrorKind = 'session' | 'access' | 'gone' | 'conflict' | 'offline' | 'limit' | 'refused' | 'unknown';

export interface PageError {
  kind: ErrorKind;
  sentence: string;
  action: string;
  /** Small beneath the sentence; never the message itself. */
  code: string;
  /** What Salesforce says of single fields, by API name as the org has it. */
  fields: Readonly<Record<string, string>>;
}

const WORDS: Readonly<Record<ErrorKind, readonly [sentence: string, action: string]>> = {
  session: [SESSION, SESSION_ACTION],
  access: [ACCESS, ACCESS_ACTION],
  gone: [GONE, GONE_ACTION],
  conflict: [CONFLICT, CONFLICT_ACTION],
  offline: [OFFLINE, OFFLINE_ACTION],
  limit: [LIMIT, LIMIT_ACTION],
  refused: ['', REFUSED_ACTION],
  unknown: [UNKNOWN, UNKNOWN_ACTION],
};
/**
 * An id that a page holds is valid, so an org that calls it invalid has hidden its object. Source: UI API guide, "Status Codes and
 * Error Responses"; GraphQL API guide, "Errors".
 */
const KINDS: readonly (readonly [kind: ErrorKind, sign: RegExp])[] = [
  ['conflict', /PRECONDITION_FAILED|\b412\b|CONFLICT/i],
  ['limit', /REQUEST_LIMIT_EXCEEDED|LIMIT_EXCEEDED|SERVER_UNAVAILABLE|\b(429|503)\b/i],
  ['session', /INVALID_SESSION|\b401\b/i],
  ['access', /INSUFFICIENT_ACCESS|INVALID_TYPE|INVALID_FIELD\b|INVALID_ID_FIELD|Field_?Undefined|\b403\b/i],
  ['gone', /NOT_FOUND|ENTITY_IS_DELETED|MALFORMED_ID|\b404\b/i],
];

/** @param error of a promise, of a wire's `error`, or of a GraphQL wire's `errors` */
export function toPageError(error: unknown): PageError {
  const failure = read(error);
  const kind = kindOf(failure);
  const [sentence, action] = WORDS[kind];
  // Where nothing answered, the status is 0, which tells nobody anything.
  const code = failure.codes[0] ?? (failure.status ? String(failure.status) : '');
  return {
    kind,
    sentence: kind === 'refused' ? failure.messages.join(' ') : sentence,
    action,
    code: code === '' && kind === 'unknown' ? (failure.messages[0]?.slice(0, 80) ?? '') : code,
    fields: failure.fields,
  };
}

function kindOf({ codes, messages, fields, status }: Failure): ErrorKind {
  const signs = [...codes, ...(status === undefined ? [] : [String(status)])].join(' ');
  const kind = KINDS.find(([, sign]) => sign.test(signs))?.[0];
  if (kind !== undefined) return kind;
  if (Object.keys(fields).length > 0 || (status === 400 && messages.length > 0)) return 'refused';
  const unreached = status === undefined && codes.length === 0 && /fetch|network/i.test(messages.join(' '));
  return unreached || navigator.onLine === false ? 'offline' : 'unknown';
}
