// Writes the log: one JSON object per line on standard output, without secrets and, at level info, without record values. Members
// are redacted by name at any depth before a line is formatted; then the formatted line is searched for secrets inside a sentence,
// an address or a stack.
import { pino, type DestinationStream, type Logger, type LoggerOptions } from 'pino';

export type { Logger };

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export interface LogOptions {
  level: LogLevel;
  /** Of a connection of a deployment: every line carries it. */
  connectionName?: string | undefined;
  /** Values that must never appear in any form, for example `secretsOf(config)`. */
  secrets?: readonly string[];
  /** Default: standard output. */
  destination?: DestinationStream;
}

const REDACTED = '[redacted]';
const WITHHELD = '[record data]';

/** Members that carry a secret, by the end of their name without case, hyphens and underscores. */
const SECRET_NAME =
  /(token|secret|password|passphrase|authorization|apikey|secretkey|privatekey|jwtkey|assertion|verifier|signature|cookie|ticket|sealed|credentials?)$/;

/** Members with record data; logged at debug and trace only. */
const RECORD_NAMES = new Set([
  'fields',
  'changes',
  'change',
  'record',
  'records',
  'lead',
  'leads',
  'contact',
  'account',
  'event',
  'events',
  'value',
  'values',
  'before',
  'after',
  'body',
  'payload',
  'phone',
  'phones',
  'email',
  'csv',
]);

/** The name of a log event (docs/operation.md), not an event of either system. */
const EVENT_NAME = /^[a-z]+(_[a-z]+)+$/;

/** Secrets by their shape: bearer credentials, Salesforce session ids and refresh tokens, JWTs, private keys, webhook signatures. */
const SECRET_SHAPES =
  /(?<=\b(?:Bearer|Basic)\s)[\w+/=.~!-]{8,}|\b00D\w{12,15}![\w.]{10,}|\b5Aep861[\w.]{10,}|\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*|-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)|(?<=\bv1=)[0-9a-f]{64}|(?<=[?&](?:code|state|ticket|access_token|refresh_token|code_verifier|assertion|client_secret)=)[^&\s"\\]+/g;

/** Shorter values appear in a log by chance; the configuration accepts no secret that short. */
const SHORTEST_SECRET = 8;
/** Deeper than any object that is logged on purpose. */
const DEEPEST = 8;

export function createLog(options: LogOptions): Logger {
  const withhold = !['debug', 'trace'].includes(options.level);
  const clean = (value: Record<string, unknown>): Record<string, unknown> => cleanMembers(value, withhold, 0);
  const secrets = (options.secrets ?? [])
    .filter((secret) => secret.length >= SHORTEST_SECRET)
    // In the form that a JSON string gives them.
    .map((secret) => JSON.stringify(secret).slice(1, -1));
  const settings: LoggerOptions = {
    level: options.level,
    // The platform adds the host name and the process id.
    base: options.connectionName === undefined ? null : { connectionName: options.connectionName },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label) => ({ level: label }), log: clean },
    // Errors are described by `clean`.
    serializers: { err: (error: unknown) => error },
    hooks: {
      streamWrite: (line) =>
        secrets.reduce((text, secret) => text.replaceAll(secret, REDACTED), line).replace(SECRET_SHAPES, REDACTED),
    },
  };
  const log = options.destination ? pino(settings, options.destination) : pino(settings);
  // A child's bindings pass no formatter of its parent. Children inherit this from the object itself.
  const { child } = log;
  log.child = function (this: Logger, bindings, childOptions) {
    return child.call(this, clean(bindings), childOptions) as ReturnType<typeof child>;
  } as typeof child;
  return log;
}

/** A logger whose every line names the connection (the org id). */
export function forConnection(log: Logger, connection: string): Logger {
  return log.child({ connection });
}

function cleanMembers(value: Record<string, unknown>, withhold: boolean, depth: number): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(value)) {
    if (SECRET_NAME.test(name.replace(/[-_]/g, '').toLowerCase()))
      result[name] = member === undefined ? undefined : REDACTED;
    else if (depth === 0 && name === 'event' && typeof member === 'string' && EVENT_NAME.test(member))
      result[name] = member;
    else if (withhold && RECORD_NAMES.has(name) && !isCount(member)) result[name] = WITHHELD;
    else result[name] = cleanValue(member, withhold, depth + 1);
  }
  return result;
}

/** `{ events: 12 }` is a count and no record data. */
const isCount = (member: unknown): boolean => typeof member === 'number' || member === undefined || member === null;

function cleanValue(value: unknown, withhold: boolean, depth: number): unknown {
  if (value instanceof Error) return describeError(value, withhold, depth);
  if (value === null || typeof value !== 'object') return value;
  if (Buffer.isBuffer(value) || ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (value instanceof Date) return value.toISOString();
  if (depth > DEEPEST) return '[…]';
  if (Array.isArray(value)) return value.map((member) => cleanValue(member, withhold, depth + 1));
  if (value instanceof Map || value instanceof Set) return `[${value.size} members]`;
  return cleanMembers(value as Record<string, unknown>, withhold, depth);
}

/** An error's name, code, message and stack, its causes and its other members, redacted like every value. */
function describeError(error: Error, withhold: boolean, depth: number): Record<string, unknown> {
  if (depth > DEEPEST) return { type: error.name, message: error.message };
  const { name, message, stack, cause, ...rest } = error;
  return {
    type: name,
    message,
    ...cleanMembers(rest, withhold, depth),
    ...(cause === undefined ? {} : { cause: cleanValue(cause, withhold, depth + 1) }),
    stack,
  };
}
