// Why a record or a lead is, or is not, in step (B16): the gates of the specification's table, each with what it must say of the pair.
import type { Evidence, OrgRecord, SellfireLead, Switches } from './evidence.ts';
import { isNumberOf, isSame, PREFIXES, text } from './journal.ts';
import { agree } from './types.ts';

/** What somebody asks, and what the bridge knows of it beside the two systems. */
export interface Asked {
  leadId: string | null;
  recordId: string | null;
  isRunning: boolean;
  pending: number;
  isParked: boolean;
  /** Of the latest report: whether it has failed; undefined where there is none. */
  hasFailed: boolean | undefined;
  link:
    | {
        recordId: string | undefined;
        accountId: string | undefined;
        isEnded: boolean;
        awaits: boolean;
        left: readonly string[];
      }
    | undefined;
}

export interface Answer {
  gates: readonly { gate: string; state: string; mend?: unknown }[];
  /** `Lead.Company` of each field that differs. */
  differing: readonly string[];
}

/** How the numbers of a history begin. */
const ISSUED = ['+1512555', '+44207946', '+493090182'];

type Expected = Record<string, string | undefined>;
const stopIf = (isStopped: boolean): string => (isStopped ? 'stop' : 'pass');

export function auditWhy(evidence: Evidence, asked: Asked, answer: Answer): string[] {
  const { leadId, recordId, link } = asked;
  const lead = evidence.leads.find(({ id }) => id === leadId);
  const ids = [recordId, link?.recordId, link?.accountId].filter((id) => id !== null && id !== undefined);
  const records = evidence.records.filter(({ id }) => ids.includes(id));
  const expected = expectedOf(evidence, asked, lead, records);
  const stated = new Map(answer.gates.map(({ gate, state }) => [gate, state]));
  const about = `the pair of ${String(leadId)} and ${String(recordId)}`;
  const wrong = Object.entries(expected).flatMap(([gate, state]) =>
    state === undefined || stated.get(gate) === state
      ? []
      : [`B16: the gate ${gate} of ${about} is ${String(stated.get(gate))} instead of ${state}.`],
  );
  // Of a pair that is linked no more it does not come to its fields.
  if (expected['link'] === 'stop' && (stated.has('fields') || stated.has('update')))
    wrong.push(`B16: ${about} is not linked, and its fields are compared.`);
  if (expected['fields'] === undefined || !lead) return wrong;
  const differing = differingOf(evidence, lead, records);
  return isSame(answer.differing.toSorted().join(' '), differing.toSorted().join(' '))
    ? wrong
    : [
        ...wrong,
        `B16: of ${about} ${answer.differing.join(' ')} are said to differ instead of ${differing.join(' ')}.`,
      ];
}

function expectedOf(
  evidence: Evidence,
  asked: Asked,
  lead: SellfireLead | undefined,
  records: readonly OrgRecord[],
): Expected {
  const { link, recordId, isRunning, pending, isParked, hasFailed } = asked;
  const settings = evidence.eras.at(-1)?.settings;
  const asks = records.find(({ id }) => id === recordId);
  const isGone = records.some((one) => one.deleted && (!link?.isEnded || one.id === recordId));
  const found = isGone || (lead !== undefined && lead.deleted_at !== null && !link?.isEnded);
  const common: Expected = {
    found: stopIf(found),
    sync: stopIf(!isRunning),
    phoneMapped: 'pass',
    attempt: hasFailed === undefined ? 'skip' : stopIf(hasFailed),
  };
  if (found) return { ...common, object: 'skip', link: 'skip' };
  const objects = records.length > 0 ? records.map(({ object }) => object) : ['Lead'];
  common['object'] = stopIf(objects.some((object) => mappingsOf(evidence, object).length === 0));
  const isLeft = recordId !== null && link?.recordId !== undefined && link.left.includes(recordId);
  const isConverted = asks?.fields['IsConverted'] === true;
  if (link?.isEnded || link?.awaits || isLeft) {
    const isOfPair = link.isEnded || link.recordId !== undefined || link.accountId !== undefined;
    return { ...common, link: 'stop', ...(isOfPair ? { attempt: undefined } : {}) };
  }
  const waiting = stopIf(pending > 0 || isParked);
  if (link?.recordId !== undefined || link?.accountId !== undefined) {
    const isOff = !settings?.updateInSalesforce || !settings.updateInSellfire;
    const fields = lead ? stopIf(differingOf(evidence, lead, records).length > 0) : undefined;
    return { ...common, link: 'pass', update: stopIf(isOff), fields, waiting };
  }
  if (isConverted) return { ...common, link: 'stop' };
  const isOneSided = lead === undefined ? asks !== undefined : records.length === 0 && !namesAny(lead);
  if (!isOneSided || !settings) return common;
  return { ...common, link: 'skip', ...creationOf(evidence, settings, lead, asks) };
}

/** A pair of which one side has nothing yet: its phone, who else has it, and whether the other side takes new ones. */
function creationOf(
  evidence: Evidence,
  settings: Switches,
  lead: SellfireLead | undefined,
  record: OrgRecord | undefined,
): Expected {
  if (record?.object === 'Account' || record?.fields['Sellfire_Contact_Key__c'] !== undefined) return {};
  const phone = lead ? String(lead.fields['primary_phone_number'] ?? '') : text(record?.fields ?? {}, 'Phone');
  const creation = lead
    ? stopIf(
        !settings.createInSalesforce ||
          isSame(lead.fields['business_name'], null) ||
          isSame(lead.fields['last_name'], null),
      )
    : stopIf(!settings.createInSellfire);
  if (phone === '') return { phone: 'stop', holder: 'skip', creation };
  const isHeld = lead
    ? evidence.records.some(
        ({ object, deleted, fields }) =>
          ['Lead', 'Contact'].includes(object) &&
          !deleted &&
          fields['IsConverted'] !== true &&
          isNumberOf(evidence, fields, phone),
      )
    : evidence.leads.some(
        (one) =>
          one.deleted_at === null &&
          isNumberOf(evidence, record?.fields ?? {}, String(one.fields['primary_phone_number'])),
      );
  const isOwn =
    lead !== undefined &&
    evidence.records.some(({ fields, deleted }) => !deleted && fields['Sellfire_Lead_Id__c'] === lead.id);
  // A number that was written as in another country than that of its record is none, nor is what Sellfire got of it.
  const isAbroad = ['CountryCode', 'MailingCountryCode'].some((name) => text(record?.fields ?? {}, name) !== '');
  const isMisread = !ISSUED.some((issued) => international(evidence, phone).startsWith(issued));
  if ((isAbroad && !phone.startsWith('+')) || isMisread) return { phone: undefined, holder: undefined, creation };
  return { phone: 'pass', holder: isOwn ? undefined : stopIf(isHeld), creation };
}

/** The number as the country of the connection reads it: one of another country that somebody wrote as they are written here is none. */
const international = ({ country }: Evidence, phone: string): string =>
  phone.startsWith('+')
    ? phone
    : `${PREFIXES[country] ?? ''}${phone
        .replace(/ext\..*$/, '')
        .replaceAll(/\D/g, '')
        .replace(/^0/, '')}`;

/** A number that was written as in another country than that of its record is not the one that ends alike. */
const isOfOther = (evidence: Evidence, lead: SellfireLead, fields: OrgRecord['fields']): boolean =>
  ['CountryCode', 'MailingCountryCode'].some((name) => text(fields, name) !== '') &&
  text(fields, 'Phone') !== '' &&
  !isNumberOf(evidence, fields, String(lead.fields['primary_phone_number']));

const namesAny = ({ salesforce }: SellfireLead): boolean => Object.values(salesforce).some((id) => id !== null);

function mappingsOf({ eras }: Evidence, object: string): Evidence['mappings'] {
  const { mappings = [] } = eras.at(-1) ?? {};
  return mappings.filter(
    (one) =>
      one.salesforceObject === object &&
      one.sellfireObject === 'lead' &&
      one.rule !== 'DoNotSync' &&
      one.triggers.includes('createUpdate'),
  );
}

const differingOf = (evidence: Evidence, lead: SellfireLead, records: readonly OrgRecord[]): string[] =>
  records
    .filter(({ deleted }) => !deleted)
    .flatMap(({ object, fields }) =>
      mappingsOf(evidence, object)
        .filter(
          (one) =>
            !agree(evidence, one, lead.fields[one.sellfireField] ?? null, fields[one.salesforceField] ?? null) ||
            (one.sellfireField === 'primary_phone_number' && isOfOther(evidence, lead, fields)),
        )
        .map((one) => `${object}.${one.salesforceField}`),
    );
