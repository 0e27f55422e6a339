// What the values of the environment's variables may be: each kind says what is wrong with a value, and never the value itself.
import { createPrivateKey, createSecretKey } from 'node:crypto';
import { z } from 'zod';
import { readRanges } from '../http/clientAddress.ts';

export interface MailServer {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte (`smtps://`). */
  readonly secure: boolean;
  readonly loopback: boolean;
  readonly user: string | undefined;
  readonly password: string | undefined;
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;
/** The name of a connection: it is a part of paths, schemas, metrics and log lines. */
export const connectionName = z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/, {
  error: 'must have 1 to 40 lower-case letters, digits and hyphens, with no hyphen at either end',
});

/** The part of a connection's addresses that nobody can guess (`routeOf` of bridge/deployment/entry.ts). */
export const connectionRoute = z.string().regex(/^[a-z2-7]{26}$/, { error: 'must have 26 characters of base32' });

const KEY_HINT = '32 bytes in base64 or hex; make one with: openssl rand -base64 32';

/** The URL of a peer. Secrets and customer data travel to it, so http is accepted for loopback addresses only. */
export const address = (what: string) =>
  z.string({ error: `is required: ${what}` }).transform((text, context) => {
    const url = URL.parse(text);
    const problem =
      url === null || !/^https?:$/.test(url.protocol)
        ? `is not an http(s) address; give ${what}`
        : url.protocol === 'http:' && !LOOPBACK.test(url.hostname)
          ? 'must begin with https:// (http:// is for loopback addresses only)'
          : url.username || url.password || url.search || url.hash
            ? 'must not carry a user name, a password, a query or a fragment'
            : undefined;
    if (problem !== undefined || url === null) {
      context.addIssue({ code: 'custom', message: problem ?? '' });
      return z.NEVER;
    }
    return url.href.replace(/\/+$/, '');
  });

/**
 * The address of a PostgreSQL, as its own programs take it (PostgreSQL documentation, "Connection URIs"). Customer data travel to it:
 * on another machine the address says how they are kept from being read on the way, or that a network does.
 */
export const database = z.string().transform((text, context) => {
  const url = URL.parse(text);
  const isDatabase =
    url !== null &&
    /^postgres(ql)?:$/.test(url.protocol) &&
    url.hostname !== '' &&
    url.pathname.length > 1 &&
    [url.username, url.password, url.pathname].every(isEncoded);
  const problem = !isDatabase
    ? 'must be the address of a PostgreSQL: postgres://user:password@host:5432/database'
    : LOOPBACK.test(url.hostname) || /^(verify-full|disable)$/.test(url.searchParams.get('sslmode') ?? '')
      ? undefined
      : 'needs ?sslmode=verify-full for a database on another machine (sslmode=disable only within a network of your own)';
  if (problem === undefined) return text;
  context.addIssue({ code: 'custom', message: problem });
  return z.NEVER;
});

function isEncoded(part: string): boolean {
  try {
    decodeURIComponent(part);
    return true;
  } catch {
    return false;
  }
}

/** The ports of message submission: with STARTTLS, and with TLS from the first byte (RFC 6409, RFC 8314). */
const SUBMISSION = { 'smtp:': 587, 'smtps:': 465 } as const;

export const smtp = z.string().transform((text, context): MailServer => {
  const url = URL.parse(text);
  const bare = url && url.hostname && ['', '/'].includes(url.pathname) && !url.search && !url.hash;
  if (bare && (url.protocol === 'smtp:' || url.protocol === 'smtps:')) {
    try {
      const [user, password] = [url.username, url.password].map((part) => decodeURIComponent(part) || undefined);
      return {
        host: url.hostname.replace(/^\[|\]$/g, ''),
        port: Number(url.port) || SUBMISSION[url.protocol],
        secure: url.protocol === 'smtps:',
        loopback: LOOPBACK.test(url.hostname),
        user,
        password,
      };
    } catch {
      // A percent sign encodes nothing: the issue below reports it.
    }
  }
  context.addIssue({
    code: 'custom',
    message:
      'must be smtp://user:password@host:port, or smtps:// for TLS from the first byte, with nothing behind the port; percent-encode what is special in the password',
  });
  return z.NEVER;
});

export const sender = z.string().transform((text, context) => {
  const [, name = '', inside] = /^(.*?)\s*<([^<>]+)>$/.exec(text) ?? [];
  const address = z.email().safeParse(inside ?? text);
  if (address.success && !/[\p{Cc}"]/u.test(name)) return { name, address: address.data };
  context.addIssue({
    code: 'custom',
    message: 'must be an e-mail address, or a name before one: Sellfire <sync@example.com>',
  });
  return z.NEVER;
});

export const whole = (minimum: number, maximum: number, fallback: number) =>
  z
    .string()
    .regex(/^\d+$/, { error: `must be a whole number from ${minimum} to ${maximum}`, abort: true })
    .transform(Number)
    .refine((value) => value >= minimum && value <= maximum, {
      error: `must be a whole number from ${minimum} to ${maximum}`,
    })
    .default(fallback);

export const proxies = z
  .string()
  .transform((text) => text.split(',').map((part) => part.trim()))
  .refine((ranges) => parses(() => readRanges(ranges) !== undefined), {
    error: 'must be addresses or ranges, separated by commas: 10.0.0.7,192.168.0.0/16',
  })
  .default([]);

export const secretKey = z
  .string({ error: `is required: ${KEY_HINT}` })
  .transform((text) => Buffer.from(text, /^[0-9a-f]{64}$/i.test(text) ? 'hex' : 'base64'))
  .refine((bytes) => bytes.length === 32, { error: `must be ${KEY_HINT}` })
  .transform((bytes) => createSecretKey(bytes));

export const jwtKey = z
  .string()
  // Env files and container platforms hold a PEM on one line.
  .transform((text) => text.replaceAll('\\n', '\n'))
  .refine((pem) => parses(() => createPrivateKey(pem).asymmetricKeyType === 'rsa'), {
    error: 'must be an RSA private key in PEM, without a passphrase; give its path in SALESFORCE_JWT_KEY_FILE',
  })
  .optional();

/** Whether it throws nothing and is true. */
export function parses(attempt: () => boolean): boolean {
  try {
    return attempt();
  } catch {
    return false;
  }
}
