// Demos and sales (M12, M21–M25): the Opportunity of a cycle with what it must say, the items of a sale, and which Account and Contacts
// are connected or made for it.
import type { Evidence, OrgRecord, SellfireSale } from './evidence.ts';
import { dayOf, isSame, leadBefore, lineOf, orgBefore, text, valuesOfLead } from './journal.ts';
import { chosenInMerges } from './origins.ts';

export function auditSales(evidence: Evidence): string[] {
  return [
    ...evidence.records.flatMap((one) =>
      one.object === 'Opportunity' && !one.deleted ? opportunityOf(evidence, one) : [],
    ),
    ...evidence.events.flatMap(({ sale }) => (sale ? itemsOf(evidence, sale) : [])),
    ...madeByBridge(evidence),
  ];
}

function opportunityOf(evidence: Evidence, { id, fields }: OrgRecord): string[] {
  const { events, records, everOn, demoStage, timeZone } = evidence;
  const [leadId = '', cycle = ''] = text(fields, 'Sellfire_Opportunity_Key__c').split(':');
  const mine = events.filter((one) => one.lead_id === leadId);
  const sales = mine.flatMap(({ sale }) => (sale && String(sale.cycle) === cycle ? [sale] : []));
  const demos = mine.flatMap(({ schedule_item: item }) => (item?.kind === 'demo' ? [item] : []));
  const problems: string[] = [];
  if (mine.length === 0) return [`M21: the Opportunity ${id} is of no lead.`];
  const most = evidence.limits.get('Opportunity.Name') ?? Infinity;
  const names = valuesOfLead(evidence, leadId, 'business_name').filter((name) => typeof name === 'string');
  if (!names.some((name) => isSame(name.slice(0, most), fields['Name'])))
    problems.push(`M21: the Opportunity ${id} is called ${String(fields['Name'])}, which its lead never was.`);
  // What is shortened is said (M22).
  const isCut = names.length > 0 && names.every((name) => name.length > most);
  const isSaid = evidence.rows.some((row) => row.code === 'VALUE_CUT' && row.sellfireLeadId === leadId);
  if (isCut && !isSaid && evidence.calm)
    problems.push(`M22: the name of the Opportunity ${id} is shortened, and no row says so.`);
  const stage = sales.length > 0 ? ['Closed Won', demoStage] : [demoStage];
  if (!stage.includes(String(fields['StageName'])))
    problems.push(`M21: the Opportunity ${id} is in ${String(fields['StageName'])} instead of ${stage.join(' or ')}.`);
  if (sales.length === 0 && demos.length === 0) problems.push(`M21: the Opportunity ${id} is of no demo and no sale.`);
  if (sales.length === 0 && !everOn.opportunityAtDemo) problems.push(`M19: the Opportunity ${id} is of a demo.`);
  const days = [
    ...demos.map((one) => one.start_time),
    ...sales.map((one) => one.made_at),
    ...mine.map((one) => one.occurred_at),
  ];
  if (!days.some((moment) => dayOf(moment, timeZone) === fields['CloseDate']))
    problems.push(`M21: the Opportunity ${id} closes on ${String(fields['CloseDate'])}.`);
  const { currencies } = evidence;
  const money = sales.at(-1)?.currency;
  if (
    currencies.length > 0 &&
    fields['StageName'] === 'Closed Won' &&
    !sales.some((one) => one.currency === fields['CurrencyIsoCode'])
  )
    problems.push(`M25: the Opportunity ${id} is in ${String(fields['CurrencyIsoCode'])} instead of ${String(money)}.`);
  const account = records.find((one) => one.id === fields['AccountId'] && one.object === 'Account');
  const contact = records.find((one) => one.id === fields['ContactId'] && one.object === 'Contact');
  if (!account) problems.push(`M21: the Opportunity ${id} is of no Account.`);
  if (!contact && sales.length > 0) problems.push(`M22: the Opportunity ${id} is of no Contact.`);
  return problems;
}

/** M25. */
function itemsOf(
  { records, limits, rows, calm }: Evidence,
  { id, lead_id: leadId, cycle, items }: SellfireSale,
): string[] {
  return items.flatMap((item) => {
    const line = records.find(
      (one) => one.fields['Sellfire_Sale_Item_Id__c'] === item.id && one.object === 'OpportunityLineItem',
    );
    if (!line) return [];
    const opportunity = records.find((one) => one.id === line.fields['OpportunityId']);
    const scale = 10 ** (limits.get('OpportunityLineItem.UnitPrice') ?? 2);
    const price = Math.round(Number(item.unit_price) * scale) / scale;
    const isSaid = rows.some((row) => row.code === 'VALUE_ROUNDED' && row.sellfireLeadId === leadId);
    if (price !== Number(item.unit_price) && !isSaid && calm)
      return [`M32: the price of ${item.id} of the sale ${id} is rounded, and no row says so.`];
    const expected: [string, unknown, unknown][] = [
      ['quantity', line.fields['Quantity'], item.quantity],
      ['price', line.fields['UnitPrice'], price],
      ['Opportunity', opportunity?.fields['Sellfire_Opportunity_Key__c'], `${leadId}:${cycle}`],
    ];
    return expected
      .filter(([, is, wanted]) => is !== wanted)
      .map(
        ([what, is, wanted]) =>
          `M25: the ${what} of ${item.id} of the sale ${id} is ${String(is)} instead of ${String(wanted)}.`,
      );
  });
}

/** What a transaction made: the Account by M23, the Contacts by M24. */
function madeByBridge(evidence: Evidence): string[] {
  return evidence.commits.flatMap(({ at, changes }, index) => {
    const account = changes.find(
      (one) => one.object === 'Account' && one.kind === 'create' && one.user === evidence.bridgeUser,
    );
    const contacts = changes.filter(
      (one) => one.object === 'Contact' && one.kind === 'create' && one.user === evidence.bridgeUser,
    );
    const leadId = text(
      account?.fields ?? contacts.find(({ fields }) => fields['Sellfire_Lead_Id__c'])?.fields ?? {},
      'Sellfire_Lead_Id__c',
    );
    const problems: string[] = [];
    if (account) {
      const names = valuesOfLead(evidence, leadId, 'business_name');
      const phones = valuesOfLead(evidence, leadId, 'primary_phone_number');
      if (!names.some((one) => isSame(one, account.fields['Name'])))
        problems.push(`M23: the Account ${account.recordId} was called ${String(account.fields['Name'])}.`);
      if (!phones.some((one) => isSame(one, account.fields['Phone'])))
        problems.push(`M23: the Account ${account.recordId} was given the phone ${String(account.fields['Phone'])}.`);
      if (evidence.exact && evidence.calm) problems.push(...chosen(evidence, leadId, account.recordId, { at, index }));
    }
    const people = evidence.events.flatMap(({ sale }) => sale?.associated_contacts ?? []);
    for (const { recordId, fields } of contacts) {
      const isOwn = typeof fields['Sellfire_Lead_Id__c'] === 'string';
      const ownId = text(fields, 'Sellfire_Lead_Id__c');
      const lastNames = [...valuesOfLead(evidence, ownId, 'last_name'), ...namesOnRecords(evidence, ownId, index)];
      const known = isOwn
        ? lastNames.some((one) => isSame(one, fields['LastName']))
        : people.some((one) => isSame(one.last_name, fields['LastName']) && isSame(one.phone_number, fields['Phone']));
      const isAutomated = evidence.automated.some((one) => one.recordId === recordId);
      if (!known && !isAutomated)
        problems.push(
          `M24: the Contact ${recordId} was made as ${String(fields['LastName'])}, ${String(fields['Phone'])}.`,
        );
      if (account && fields['AccountId'] !== account.recordId)
        problems.push(
          `M24: the Contact ${recordId} was made under ${String(fields['AccountId'])} instead of ${account.recordId}.`,
        );
    }
    return problems;
  });
}

/** What people, and automations, had called a record of the lead before a commit, and what it was called into which they merged it: an edit of it is the lead's by B9, also where that is deleted before it arrives. */
function namesOnRecords(evidence: Evidence, leadId: string, index: number): unknown[] {
  const { records, bridgeUser, automated } = evidence;
  const commits = evidence.commits.slice(0, index);
  const own = records.filter(({ fields }) => fields['Sellfire_Lead_Id__c'] === leadId).map(({ id }) => id);
  const edits = commits
    .flatMap(({ changes }) => changes)
    .filter(({ recordId }) => own.includes(recordId))
    .filter(({ recordId, user }) => user !== bridgeUser || automated.some((one) => one.recordId === recordId));
  return [
    ...edits.flatMap(({ fields }) => (fields['LastName'] === undefined ? [] : [fields['LastName']])),
    ...own
      .flatMap((id) => chosenInMerges({ ...evidence, commits }, id))
      .flatMap(([name, value]) => (name === 'LastName' ? [value] : [])),
  ];
}

/** More than a turn of the bridge takes, ms. */
const LOOKING_UP = 500;

/** M23: an Account is made only where none of those there is to be connected. */
function chosen(
  evidence: Evidence,
  leadId: string,
  made: string,
  { at, index }: { at: number; index: number },
): string[] {
  const lead = leadBefore(evidence, leadId, at);
  if (!lead) return [];
  const [phone, name, city] = ['primary_phone_number', 'business_name', 'city'].map((field) =>
    String(lead.fields[field] ?? ''),
  );
  // An Account that changed while it was looked up may have been seen either way.
  const isMoving = evidence.commits
    .slice(0, index)
    .some((one) => at - one.at < LOOKING_UP && one.changes.some(({ object }) => object === 'Account'));
  if (isMoving) return [];
  const accounts = orgBefore(evidence, index).filter(({ object }) => object === 'Account');
  const withPhone = accounts.filter(({ fields }) => lineOf(text(fields, 'Phone')) === lineOf(phone ?? ''));
  const named = (some: OrgRecord[]): OrgRecord[] =>
    some.filter(({ fields }) => text(fields, 'Name').toLowerCase() === name?.toLowerCase());
  const inCity = (some: OrgRecord[]): OrgRecord[] =>
    some.filter(({ fields }) => city !== '' && text(fields, 'BillingCity').toLowerCase() === city?.toLowerCase());
  const candidates = named(withPhone.length > 0 ? withPhone : accounts);
  const isOne = withPhone.length > 0 && candidates.length === 1;
  const wanted = isOne ? candidates : inCity(candidates);
  const [only] = wanted;
  if (wanted.length !== 1 || !only) return [];
  return [`M23: the Account ${made} was made, and ${only.id} was to be connected.`];
}
