// Which Account and which Contact a demo or a sale took (M23, M24), and the record types of what it made (B15): decided again from what the org held
// at that moment, where nothing moved meanwhile.
import type { Evidence, Graph, OrgChange, OrgRecord } from './evidence.ts';
import { leadBefore, lineOf, orgBefore, text } from './journal.ts';

export function auditMatches(evidence: Evidence): string[] {
  return [
    ...recordTypes(evidence),
    ...(evidence.inTime
      ? evidence.graphs.flatMap((graph) => [...accountOf(evidence, graph), ...contactOf(evidence, graph)])
      : []),
  ];
}

/** Every new record has the type of the settings, and no other is given one. */
function recordTypes({ commits, records, recordTypes: given, bridgeUser }: Evidence): string[] {
  const written = commits
    .flatMap(({ changes }) => changes)
    .filter((one) => one.user === bridgeUser && ['create', 'update'].includes(one.kind))
    .filter(
      ({ kind, object, fields }) => fields['RecordTypeId'] !== (kind === 'create' ? given.get(object) : undefined),
    )
    .map(
      ({ kind, recordId, fields }) =>
        `B15: the ${kind} of ${recordId} has the record type ${String(fields['RecordTypeId'])}.`,
    );
  const made = records
    .filter(({ object, fields }) => object === 'Opportunity' && fields['RecordTypeId'] !== given.get(object))
    .map(({ id }) => `B15: the Opportunity ${id} is not of the record type of the settings.`);
  return [...written, ...made];
}

/** A turn of the bridge takes less, ms: alone, and where other things happen during its calls. */
const LOOKING_UP = { alone: 80, among: 500 };

interface Moment {
  lead: Readonly<Record<'phone' | 'name' | 'city' | 'lastName', string>>;
  leadId: string;
  /** The Lead that it was made of, which need not carry its id: it may have been converted before. */
  madeOf: string | null;
  accountId: string | null;
  contactId: string | null;
  records: OrgRecord[];
}

/** What the bridge saw; undefined where it may have seen something else. */
function momentOf(evidence: Evidence, { commits, at, nodes }: Graph): Moment | undefined {
  const keys = nodes.flatMap(({ object, op }) => (object === 'Opportunity' && op.key ? [op.key] : []));
  const leadId = keys[0]?.split(':')[0];
  const lead = leadId === undefined ? undefined : leadBefore(evidence, leadId, at);
  const isMoving = evidence.commits
    .slice(0, commits)
    .some(
      (one) =>
        at - one.at < (evidence.quiet ? LOOKING_UP.alone : LOOKING_UP.among) &&
        one.changes.some(({ object }) => object !== 'Lead'),
    );
  if (leadId === undefined || !lead || isMoving) return undefined;
  const known = ['primary_phone_number', 'business_name', 'city', 'last_name', 'first_name'];
  const mine = evidence.events.filter((one) => one.lead_id === leadId && Date.parse(one.occurred_at) <= at);
  // From the first demo or sale on: any of them may be the one.
  const since = mine.slice(mine.findIndex(({ sale, schedule_item: item }) => sale !== null || item?.kind === 'demo'));
  const isSteady = known.every(
    (name) => new Set(since.flatMap((one) => (one.lead ? [one.lead.fields[name]] : []))).size === 1,
  );
  // What people have entered in its records, and its sale may bring along.
  const isEntered = evidence.commits
    .slice(0, commits)
    .some(({ changes }) => changes.some((one) => isOf(leadId, evidence, one)));
  if (!isSteady || isEntered || (lead.fields['first_name'] ?? null) !== null) return undefined;
  const [phone = '', name = '', city = '', lastName = ''] = known.map((field) => String(lead.fields[field] ?? ''));
  const { account_id: accountId, contact_id: contactId, lead_id: madeOf } = lead.salesforce;
  const records = orgBefore(evidence, commits);
  return { leadId, lead: { phone, name, city, lastName }, madeOf, accountId, contactId, records };
}

const ENTERED = ['Phone', 'LastName', 'Company', 'City'];

/** Whether a person has changed a record of the lead. */
const isOf = (
  leadId: string,
  { bridgeUser, records }: Evidence,
  { recordId, kind, user, fields }: OrgChange,
): boolean =>
  user !== bridgeUser &&
  kind === 'update' &&
  ENTERED.some((name) => fields[name] !== undefined) &&
  records.some((one) => one.id === recordId && one.fields['Sellfire_Lead_Id__c'] === leadId);

const same = (one: string, other: string): boolean => one !== '' && one.toLowerCase() === other.toLowerCase();

/** What a field of the Opportunity refers to. */
function referred({ nodes, ids }: Graph, field: string): string | undefined {
  const value = nodes.find(({ object }) => object === 'Opportunity')?.fields[field];
  if (typeof value === 'object' && value !== null) return ids[value.ref];
  return typeof value === 'string' ? value : undefined;
}

/** Whether an admin has linked the two, of which Sellfire need not know yet. */
const isChosen = ({ asked }: Evidence, leadId: string, recordId: string): boolean =>
  asked.some((one) => one.leadId === leadId && one.recordId === recordId);

/** The records of the lead, and those into which they were merged: it goes on as these. */
function ownOf({ records: known }: Evidence, { leadId, madeOf, records }: Moment): OrgRecord[] {
  const ids = new Set<string>(madeOf === null ? [] : [madeOf]);
  const isOwn = ({ id, fields }: OrgRecord): boolean => fields['Sellfire_Lead_Id__c'] === leadId || ids.has(id);
  for (let size = -1; size < ids.size;) {
    size = ids.size;
    for (const one of known) if (one.mergedInto !== undefined && isOwn(one)) ids.add(one.mergedInto);
  }
  return records.filter(isOwn);
}

/** M23. */
function accountOf(evidence: Evidence, graph: Graph): string[] {
  const moment = momentOf(evidence, graph);
  const taken = referred(graph, 'AccountId');
  if (!moment || taken === undefined || moment.accountId !== null || moment.contactId !== null) return [];
  const { lead, records } = moment;
  const accounts = records.filter(({ object }) => object === 'Account');
  const withPhone = accounts.filter(({ fields }) => lineOf(text(fields, 'Phone')) === lineOf(lead.phone));
  const named = (withPhone.length > 0 ? withPhone : accounts).filter(({ fields }) =>
    same(text(fields, 'Name'), lead.name),
  );
  const there = named.filter(({ fields }) => same(text(fields, 'BillingCity'), lead.city));
  const [wanted] = withPhone.length > 0 && named.length === 1 ? named : there.length === 1 ? there : [];
  const known = accounts.find(({ id }) => id === taken);
  // One that the lead has made before is its own, and so is that to which its Lead was converted.
  const isOwn = ownOf(evidence, moment).some(
    ({ id, fields }) => id === taken || fields['ConvertedAccountId'] === taken,
  );
  if (known && (isOwn || isChosen(evidence, moment.leadId, taken))) return [];
  return known?.id === wanted?.id
    ? []
    : [
        `M23: a sale of ${moment.leadId} took the Account ${known?.id ?? 'a new one'} instead of ${wanted?.id ?? 'a new one'}.`,
      ];
}

/** M24, of the lead itself. */
function contactOf(evidence: Evidence, graph: Graph): string[] {
  const moment = momentOf(evidence, graph);
  const [accountId, taken] = [referred(graph, 'AccountId'), referred(graph, 'ContactId')];
  if (!moment || accountId === undefined || taken === undefined || moment.contactId !== null) return [];
  const { lead, leadId, records } = moment;
  const isSaleOfMore = evidence.events.some(
    ({ sale }) => sale?.lead_id === leadId && sale.associated_contacts.length > 0,
  );
  if (isSaleOfMore) return [];
  const candidates = records.filter(
    ({ object, fields }) =>
      object === 'Contact' &&
      fields['AccountId'] === accountId &&
      [undefined, null, leadId].some((one) => (fields['Sellfire_Lead_Id__c'] ?? null) === (one ?? null)) &&
      lineOf(text(fields, 'Phone')) === lineOf(lead.phone) &&
      same(text(fields, 'LastName'), lead.lastName),
  );
  const [only] = candidates;
  const wanted = candidates.length === 1 ? only : undefined;
  const known = records.find(({ id }) => id === taken);
  // The one to which its Lead was converted is its own, whatever name that has got.
  const isOwn =
    known?.fields['Sellfire_Lead_Id__c'] === leadId ||
    ownOf(evidence, moment).some(({ fields }) => fields['ConvertedContactId'] === taken);
  if (known && (isOwn || isChosen(evidence, leadId, taken))) return [];
  return known?.id === wanted?.id
    ? []
    : [
        `M24: a sale of ${leadId} took the Contact ${known?.id ?? 'a new one'} instead of ${wanted?.id ?? 'a new one'}.`,
      ];
}
