// Answers what a demo or a sale asks of the org: one query for each kind of question, however many there are of it.
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import {
  accountsKey,
  contactsKey,
  priceKey,
  recordKey,
  type AccountCandidate,
  type ContactCandidate,
  type DealAnswers,
  type DealQuestions,
} from '../model/deal.ts';
import type { SalesforceFields } from '../model/salesforce.ts';
import { query } from './query.ts';
import type { Rest } from './rest.ts';
import { digitsPattern, identifier, text } from './soql.ts';

/** Numbers without a country code are of the United States, as in the look-up of Leads and Contacts. */
const COUNTRY = 'US';

const e164 = (value: unknown): string | undefined =>
  typeof value === 'string' ? parsePhoneNumberFromString(value, COUNTRY)?.number : undefined;
const national = (phone: string): string =>
  parsePhoneNumberFromString(phone, COUNTRY)?.nationalNumber ?? phone.replace(/\D/g, '');
const phoneLike = (phone: string): string => `Phone LIKE ${digitsPattern(national(phone))}`;
const folded = (value: unknown): string =>
  String(value ?? '')
    .trim()
    .toLowerCase();

/** @throws PeerError */
export async function answerDeal(rest: Rest, questions: DealQuestions, answers: DealAnswers): Promise<void> {
  await Promise.all([
    accounts(rest, questions.accounts, answers),
    contacts(rest, questions.contacts, answers),
    prices(rest, questions.prices, answers),
    keyed(rest, questions.keyed, answers),
  ]);
}

async function rows(rest: Rest, soql: string): Promise<SalesforceFields[]> {
  const found: SalesforceFields[] = [];
  for await (const row of query(rest, soql)) found.push(row);
  return found;
}

async function accounts(
  rest: Rest,
  asked: DealQuestions['accounts'],
  { accounts: answers }: DealAnswers,
): Promise<void> {
  if (asked.length === 0) return;
  const where = asked.map(({ phone, name }) => `${phoneLike(phone)} OR Name = ${text(name)}`).join(' OR ');
  const found = await rows(
    rest,
    `SELECT Id, Name, Phone, BillingCity FROM Account WHERE ${where} ORDER BY CreatedDate, Id`,
  );
  for (const question of asked) {
    const candidate = (row: SalesforceFields): AccountCandidate => ({
      id: String(row['Id']),
      name: String(row['Name'] ?? ''),
      city: typeof row['BillingCity'] === 'string' ? row['BillingCity'] : null,
    });
    answers.set(accountsKey(question), {
      byPhone: found.filter((row) => e164(row['Phone']) === question.phone).map(candidate),
      byName: found.filter((row) => folded(row['Name']) === folded(question.name)).map(candidate),
    });
  }
}

async function contacts(
  rest: Rest,
  asked: DealQuestions['contacts'],
  { contacts: answers }: DealAnswers,
): Promise<void> {
  if (asked.length === 0) return;
  const where = asked
    .map(({ accountId, phone }) => `(AccountId = ${text(accountId)} AND ${phoneLike(phone)})`)
    .join(' OR ');
  const found = await rows(
    rest,
    `SELECT Id, LastName, Phone, AccountId FROM Contact WHERE ${where} ORDER BY CreatedDate, Id`,
  );
  for (const question of asked) {
    const mine = found.filter(
      (row) => row['AccountId'] === question.accountId && e164(row['Phone']) === question.phone,
    );
    const candidates = mine.map((row): ContactCandidate => ({
      id: String(row['Id']),
      lastName: String(row['LastName'] ?? ''),
    }));
    answers.set(contactsKey(question), candidates);
  }
}

async function prices(rest: Rest, asked: DealQuestions['prices'], { prices: answers }: DealAnswers): Promise<void> {
  if (asked.length === 0) return;
  const codes = asked.map(({ code }) => text(code)).join(', ');
  const names = asked.map(({ name }) => text(name)).join(', ');
  // ProductCode and Name of an entry are those of its product.
  const found = await rows(
    rest,
    'SELECT Id, Pricebook2Id, ProductCode, Name FROM PricebookEntry' +
      ` WHERE IsActive = true AND Pricebook2.IsStandard = true AND (ProductCode IN (${codes}) OR Name IN (${names}))` +
      ' ORDER BY CreatedDate, Id',
  );
  for (const question of asked) {
    const entry =
      found.find((row) => folded(row['ProductCode']) === folded(question.code)) ??
      found.find((row) => folded(row['Name']) === folded(question.name));
    const price = entry && { entryId: String(entry['Id']), pricebookId: String(entry['Pricebook2Id']) };
    answers.set(priceKey(question), price ?? null);
  }
}

async function keyed(rest: Rest, asked: DealQuestions['keyed'], { keyed: answers }: DealAnswers): Promise<void> {
  const objects = new Set(asked.map(({ object, field }) => `${object} ${field}`));
  await Promise.all(
    [...objects].map(async (pair) => {
      const mine = asked.filter(({ object, field }) => `${object} ${field}` === pair);
      const [first] = mine;
      if (!first) return;
      const column = identifier(first.field);
      const keys = mine.map(({ key }) => text(key)).join(', ');
      const found = await rows(
        rest,
        `SELECT Id, ${column} FROM ${identifier(first.object)} WHERE ${column} IN (${keys})`,
      );
      for (const question of mine) {
        const row = found.find((one) => one[column] === question.key);
        answers.set(recordKey(question), row ? String(row['Id']) : null);
      }
    }),
  );
}
