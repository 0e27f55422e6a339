// What a failed read or write means, for people: one sentence, what to do, and a code for support. Reads the errors of the
// record modules (`FetchResponse`), of GraphQL wires (a list), and of the browser.
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
import UNKNOWN from '@salesforce/label/c.Error_Unknown';
import UNKNOWN_ACTION from '@salesforce/label/c.Error_Unknown_Action';

export type ErrorKind = 'access' | 'gone' | 'conflict' | 'offline' | 'limit' | 'refused' | 'unknown';

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
  access: [ACCESS, ACCESS_ACTION],
  gone: [GONE, GONE_ACTION],
  conflict: [CONFLICT, CONFLICT_ACTION],
  offline: [OFFLINE, OFFLINE_ACTION],
  limit: [LIMIT, LIMIT_ACTION],
  refused: ['', REFUSED_ACTION],
  unknown: [UNKNOWN, UNKNOWN_ACTION],
};
/** Source: UI API guide, "Status Codes and Error Responses"; GraphQL API guide, "Errors". */
const KINDS: readonly (readonly [kind: ErrorKind, sign: RegExp])[] = [
  ['conflict', /PRECONDITION_FAILED|\b412\b|CONFLICT/i],
  ['limit', /REQUEST_LIMIT_EXCEEDED|LIMIT_EXCEEDED|SERVER_UNAVAILABLE|\b(429|503)\b/i],
  ['access', /INSUFFICIENT_ACCESS|INVALID_TYPE|INVALID_FIELD\b|Field_?Undefined|INVALID_SESSION|\b(401|403)\b/i],
  ['gone', /NOT_FOUND|ENTITY_IS_DELETED|MALFORMED_ID|\b404\b/i],
];

interface Failure {
  codes: string[];
  /** Sentences of Salesforce, in the user's language. */
  messages: string[];
  fields: Record<string, string>;
  status: number | undefined;
}

/** @param error of a promise, of a wire's `error`, or of a GraphQL wire's `errors` */
export function toPageError(error: unknown): PageError {
  const failure = read(error);
  const kind = kindOf(failure);
  const [sentence, action] = WORDS[kind];
  const code = failure.codes[0] ?? (failure.status === undefined ? '' : String(failure.status));
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

function read(error: unknown): Failure {
  if (Array.isArray(error)) return merge(error.map(readOne));
  const status = partOf(error, 'status');
  const body = partOf(error, 'body');
  const failure = body === undefined ? readOne(error) : Array.isArray(body) ? merge(body.map(readOne)) : readBody(body);
  return { ...failure, status: typeof status === 'number' ? status : failure.status };
}

/** `{ message, errorCode, extensions }` of a row, of GraphQL, or an Error of the browser. */
function readOne(error: unknown): Failure {
  const extensions = partOf(error, 'extensions');
  const codes = [partOf(error, 'errorCode'), partOf(extensions, 'ErrorType'), partOf(extensions, 'errorCode')];
  return { codes: texts(codes), messages: texts([partOf(error, 'message')]), fields: {}, status: undefined };
}

/** Of the record modules: the reasons stand in `output`, the message only says that there are some. */
function readBody(body: unknown): Failure {
  const output = partOf(body, 'output');
  const own = readOne(body);
  const errors = partOf(output, 'errors');
  const byField = Object.values(Object(partOf(output, 'fieldErrors')) as Record<string, unknown>).flat();
  const reasons = [...(Array.isArray(errors) ? (errors as unknown[]) : []), ...byField];
  if (reasons.length === 0) return own;
  const fields = Object.fromEntries(
    byField.map((one) => [String(partOf(one, 'field')), String(partOf(one, 'message'))]),
  );
  const { codes, messages } = merge(reasons.map(readOne));
  return { codes: [...codes, ...own.codes], messages, fields, status: undefined };
}

function merge(failures: readonly Failure[]): Failure {
  return {
    codes: failures.flatMap(({ codes }) => codes),
    messages: [...new Set(failures.flatMap(({ messages }) => messages))],
    fields: Object.assign({}, ...failures.map(({ fields }) => fields)) as Record<string, string>,
    status: undefined,
  };
}

function texts(values: readonly unknown[]): string[] {
  return values.filter((value): value is string => typeof value === 'string' && value !== '');
}

function partOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
