// Reads the environment: a variable without a value is absent, and a secret may come from a file that its variable names.
import { readFileSync } from 'node:fs';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Variables whose value may come from a file: the variable with the suffix `_FILE` gives its path. */
const SECRETS = [
  'SECRET_KEY',
  'SECRET_KEY_OLD',
  'SALESFORCE_CLIENT_SECRET',
  'SALESFORCE_JWT_KEY',
  'SELLFIRE_API_KEY',
  'SELLFIRE_WEBHOOK_SECRET',
  'SMTP_URL',
  'ALERT_WEBHOOK_URL',
  'DATABASE_URL',
  'ALERT_WEBHOOK_SECRET',
] as const;

/** The environment without empty values, with the secrets read from their files. */
export function collect(env: Environment, problems: string[]): Record<string, string> {
  const given: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) if (value?.trim()) given[name] = value.trim();
  for (const name of SECRETS) {
    const file = given[`${name}_FILE`];
    if (file === undefined) continue;
    if (given[name] !== undefined) problems.push(`${name} and ${name}_FILE are both set: keep one of them`);
    else {
      const text = readText(`${name}_FILE`, file, problems);
      if (text === '') problems.push(`${name}_FILE names an empty file`);
      else if (text !== undefined) given[name] = text;
    }
  }
  return given;
}

export function readText(variable: string, file: string, problems: string[]): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (cause) {
    const { code = 'unknown' } = cause as NodeJS.ErrnoException;
    problems.push(`${variable} cannot be read (${code}): check the path and its permissions`);
    return undefined;
  }
}
