// Reads the journals: which values a field has held, and what the org held at a moment.
import type { Evidence, OrgRecord, SellfireLead, Value, Values } from './evidence.ts';

/** Whether two values are the same to people: a blank is a blank, and a number is its digits however it is written. */
export function isSame(one: unknown, other: unknown): boolean {
  const [a, b] = [plain(one), plain(other)];
  return a === b || (isDialled(a) && isDialled(b) && lineOf(a) === lineOf(b));
}

const plain = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value).trim() : '';

/** A phone, written with a country or as at home, with or without an extension. */
const isDialled = (text: string): boolean => /^\(?\+?[\d\s()./-]{7,}(ext\.\s*\d+)?$/.test(text);

/** The last digits of the line: enough to tell the few phones of a history apart. */
export const lineOf = (phone: string): string =>
  phone
    .replace(/ext\..*$/, '')
    .replaceAll(/\D/g, '')
    .slice(-7);

export const PREFIXES: Readonly<Record<string, string>> = { US: '+1', GB: '+44', DE: '+49' };

/**
 * Whether the number, as somebody wrote it, is this one of a lead: the same line, and in the country that it names, else that of its record,
 * else that of the connection (M17).
 */
export function isNumberOf({ country }: Evidence, fields: Values, phone: string): boolean {
  const given = text(fields, 'Phone').trim();
  if (lineOf(given) !== lineOf(phone)) return false;
  const own = PREFIXES[text(fields, 'CountryCode') || text(fields, 'MailingCountryCode') || country] ?? '';
  const named = given.startsWith('+') ? given : own;
  return Object.values(PREFIXES).some((prefix) => phone.startsWith(prefix) && named.startsWith(prefix));
}

/** Every value that a field of a lead has held, in order. */
export function valuesOfLead({ events }: Evidence, leadId: string, field: string): unknown[] {
  return events.flatMap(({ lead_id: id, changes }) => {
    const change = changes[field];
    return id === leadId && change ? [change.from, change.to] : [];
  });
}

/** Every value that a field of a record has held, those that an automation replaced as well. */
export function valuesOfRecord({ commits, records, automated }: Evidence, recordId: string, field: string): unknown[] {
  const written = commits.flatMap(({ changes }) =>
    changes.flatMap((one) => (one.recordId === recordId && one.fields[field] !== undefined ? [one.fields[field]] : [])),
  );
  const asked = automated.flatMap((one) => (one.recordId === recordId && one.field === field ? [one.asked] : []));
  const now = records.find(({ id }) => id === recordId)?.fields[field];
  return [...written, ...asked, ...(now === undefined ? [] : [now])];
}

/** The org before a commit: records with their fields. Leads, Contacts and Accounts alone have a journal. */
export function orgBefore({ commits }: Evidence, index: number): OrgRecord[] {
  const records = new Map<string, OrgRecord>();
  for (const { changes } of commits.slice(0, index))
    for (const { recordId: id, object, kind, fields, user } of changes) {
      const before: Values = records.get(id)?.fields ?? {};
      const now = { ...before, ...fields };
      records.set(id, { id, object, fields: now, deleted: kind === 'delete', modifiedBy: user });
    }
  return [...records.values()].filter(({ deleted }) => !deleted);
}

/** The lead as the feed last showed it before a moment (ms, by Sellfire's clock). */
export function leadBefore({ events }: Evidence, leadId: string, at: number): SellfireLead | undefined {
  return events.findLast((one) => one.lead_id === leadId && Date.parse(one.occurred_at) <= at)?.lead ?? undefined;
}

export const text = (fields: Values, name: string): string => {
  const value: Value | undefined = fields[name];
  return typeof value === 'string' ? value : '';
};

/** By time zone: a formatter costs a hundred times what it formats. */
const days = new Map<string, Intl.DateTimeFormat>();

/** The day of a moment in a time zone: `2026-11-24`. */
export function dayOf(moment: string, timeZone: string): string {
  const known = days.get(timeZone) ?? new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' });
  days.set(timeZone, known);
  return known.format(new Date(moment));
}
