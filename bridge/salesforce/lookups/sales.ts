// Runs the look-ups of a demo or a sale: one query per kind of look-up, for all its keys, and up to five queries in one API call.
import {
  accountsKey,
  contactsKey,
  priceKey,
  recordKey,
  type AccountCandidate,
  type AccountSites,
  type ContactCandidate,
  type PriceCandidate,
  type ProductFacts,
  type ProductNames,
  type SaleFound,
  type SaleNeeds,
} from '../../model/saleTransaction.ts';
import { countryFields, countryOfRecord } from '../../model/country.ts';
import type { SyncConfig } from '../../model/config.ts';
import { identifies } from '../../model/phone.ts';
import { textOrNull } from '../../model/text.ts';
import {
  PERSON_ACCOUNT,
  type FollowedObject,
  type PackageNames,
  type SalesforceFields,
} from '../../model/salesforce.ts';
import { queryTogether } from '../api/query.ts';
import type { Rest } from '../api/rest.ts';
import { hasName, holdsPhone, identifier, inList, text } from '../api/soql.ts';

type Objects = Pick<SyncConfig, 'objects'>['objects'];

/** Undefined where the org cannot filter by phone, or the number identifies nobody: only names find the record then. */
const phoneLike = (objects: Objects, object: FollowedObject, phone: string): string | undefined =>
  isSearchable(objects[object], 'Phone') && identifies(phone) ? holdsPhone('Phone', phone) : undefined;
const all = (conditions: readonly (string | undefined)[], word: 'AND' | 'OR'): string =>
  conditions.filter((one) => one !== undefined).join(` ${word} `);
/** The fields that name the country of a phone, where the org has them. */
const countryColumns = (objects: Objects, object: FollowedObject): string =>
  countryFields(objects, object)
    .map((name) => `, ${name}`)
    .join('');
/** The fields that the connected user can see: Salesforce refuses the whole query for a hidden field. */
const visible = (described: Objects[string] | undefined, names: readonly string[]): string =>
  names.filter((name) => described === undefined || name in described.fields).join(', ');
const isSearchable = (described: Objects[string] | undefined, name: string): boolean =>
  described === undefined || (described.fields[name]?.filterable ?? name in described.fields);

/** A query, and the handler of its rows. */
interface Lookup {
  soql: string;
  take: (rows: SalesforceFields[]) => void;
}

/** @throws PeerError */
export async function lookUpForSale(
  rest: Rest,
  { names, objects, currencies }: Pick<SyncConfig, 'names' | 'objects' | 'currencies'>,
  questions: SaleNeeds,
  answers: SaleFound,
): Promise<void> {
  const lookups = [
    ...accounts(names.prefix, objects, questions.accounts, answers),
    ...contacts(names, objects, questions.contacts, answers),
    ...prices(questions.prices, answers, currencies.several),
    ...products(questions.products, answers, currencies.several),
    ...keyed(questions.keyed, answers),
    ...opportunities(questions.opportunities, answers),
    ...made(names.prefix, questions.made, answers),
    ...sites(names.prefix, questions.sites, answers),
  ];
  const rows = await queryTogether(
    rest,
    lookups.map(({ soql }) => soql),
  );
  for (const [index, { take }] of lookups.entries()) take(rows[index] ?? []);
}

function accounts(
  prefix: string,
  objects: Objects,
  queued: SaleNeeds['accounts'],
  { accounts: answers }: SaleFound,
): Lookup[] {
  if (queued.length === 0) return [];
  const key = identifier(`${prefix}Sellfire_Account_Key__c`);
  // In the one query, since a composite request takes five.
  const isMade = (leadId: string): string | undefined =>
    isSearchable(objects['Account'], key) ? `${key} = ${text(leadId)}` : undefined;
  const where = queued
    .map(({ phone, name, leadId }) =>
      all([phoneLike(objects, 'Account', phone), hasName('Name', name), isMade(leadId)], 'OR'),
    )
    .join(' OR ');
  // The Account of a sale is a business (M23).
  const business = PERSON_ACCOUNT in (objects['Account']?.fields ?? {}) ? ` AND ${PERSON_ACCOUNT} = false` : '';
  const candidate = (row: SalesforceFields): AccountCandidate => ({
    id: String(row['Id']),
    name: String(row['Name'] ?? ''),
    city: textOrNull(row['BillingCity']),
    phone: textOrNull(row['Phone']),
    country: countryOfRecord('Account', row) ?? null,
    key: textOrNull(row[key]),
  });
  return [
    {
      soql: `SELECT ${visible(objects['Account'], ['Id', 'Name', 'Phone', 'BillingCity', key])}${countryColumns(objects, 'Account')} FROM Account WHERE (${where})${business} ORDER BY CreatedDate, Id`,
      take(found) {
        for (const question of queued) answers.set(accountsKey(question), found.map(candidate));
      },
    },
  ];
}

function contacts(
  { leadId }: PackageNames,
  objects: Objects,
  queued: SaleNeeds['contacts'],
  { contacts: answers }: SaleFound,
): Lookup[] {
  if (queued.length === 0) return [];
  const columns = visible(objects['Contact'], [
    'Id',
    'LastName',
    'FirstName',
    'Phone',
    'AccountId',
    identifier(leadId),
  ]);
  const where = queued
    .map(
      ({ accountId, phone }) =>
        `(${all([`AccountId = ${text(accountId)}`, phoneLike(objects, 'Contact', phone)], 'AND')})`,
    )
    .join(' OR ');
  return [
    {
      soql: `SELECT ${columns}${countryColumns(objects, 'Contact')} FROM Contact WHERE ${where} ORDER BY CreatedDate, Id`,
      take(found) {
        for (const question of queued) {
          const mine = found.filter((row) => row['AccountId'] === question.accountId);
          const candidates = mine.map((row): ContactCandidate => ({
            id: String(row['Id']),
            lastName: String(row['LastName'] ?? ''),
            firstName: textOrNull(row['FirstName']),
            leadId: textOrNull(row[leadId]),
            phone: textOrNull(row['Phone']),
            country: countryOfRecord('Contact', row) ?? null,
          }));
          answers.set(contactsKey(question), candidates);
        }
      },
    },
  ];
}

const namesOf = (row: SalesforceFields): ProductNames => ({
  code: textOrNull(row['ProductCode']),
  name: String(row['Name'] ?? ''),
});

const priceOf = (row: SalesforceFields): PriceCandidate => ({
  entryId: String(row['Id']),
  pricebookId: String(row['Pricebook2Id']),
  currency: textOrNull(row['CurrencyIsoCode']),
  ...namesOf(row),
});

/** SOQL ignores case, and Salesforce does not store surrounding blanks, so this finds every record that the core would match. */
const ofThese = (queued: readonly { code: string; name: string }[]): string =>
  `(ProductCode IN ${inList(queued.map(({ code }) => code))} OR Name IN ${inList(queued.map(({ name }) => name))})`;

/** An org with one currency has no currency field. */
const currencyColumn = (several: boolean): string => (several ? ', CurrencyIsoCode' : '');

function prices(queued: SaleNeeds['prices'], { prices: answers }: SaleFound, several: boolean): Lookup[] {
  if (queued.length === 0) return [];
  return [
    {
      // An entry has the ProductCode and the Name of its product.
      soql:
        `SELECT Id, Pricebook2Id, ProductCode, Name${currencyColumn(several)} FROM PricebookEntry` +
        ` WHERE IsActive = true AND Pricebook2.IsStandard = true AND ${ofThese(queued)} ORDER BY CreatedDate, Id`,
      take(found) {
        const candidates = found.map(priceOf);
        for (const question of queued) answers.set(priceKey(question), candidates);
      },
    },
  ];
}

/** Looks up products without an active standard price. */
function products(queued: SaleNeeds['products'], { products: answers }: SaleFound, several: boolean): Lookup[] {
  if (queued.length === 0) return [];
  let known: SalesforceFields[] = [];
  let entries: SalesforceFields[] = [];
  return [
    {
      soql: `SELECT Id, ProductCode, Name, IsActive FROM Product2 WHERE ${ofThese(queued)} ORDER BY CreatedDate, Id`,
      take: (rows) => (known = rows),
    },
    {
      soql:
        `SELECT Id, Pricebook2Id, IsActive, ProductCode, Name${currencyColumn(several)} FROM PricebookEntry` +
        ` WHERE Pricebook2.IsStandard = true AND ${ofThese(queued)} ORDER BY CreatedDate, Id`,
      take: (rows) => (entries = rows),
    },
    {
      soql: 'SELECT Id FROM Pricebook2 WHERE IsStandard = true AND IsActive = true',
      take([book]) {
        const facts: ProductFacts = {
          products: known.map((row) => ({ id: String(row['Id']), active: row['IsActive'] === true, ...namesOf(row) })),
          priced: entries.map((row) => ({ ...priceOf(row), active: row['IsActive'] === true })),
          standardPricebookId: book ? String(book['Id']) : null,
        };
        for (const question of queued) answers.set(priceKey(question), facts);
      },
    },
  ];
}

function keyed(queued: SaleNeeds['keyed'], { keyed: answers }: SaleFound): Lookup[] {
  const kinds = new Set(queued.map(({ object, field }) => `${object} ${field}`));
  return [...kinds].map((kind) => {
    const mine = queued.filter(({ object, field }) => `${object} ${field}` === kind);
    const [object = '', field = ''] = kind.split(' ').map(identifier);
    const columns = [...new Set(['Id', field])].join(', ');
    return {
      soql: `SELECT ${columns} FROM ${object} WHERE ${field} IN ${inList(mine.map(({ key }) => key))}`,
      take(found) {
        for (const question of mine) {
          const row = found.find((one) => one[field] === question.key);
          answers.set(recordKey(question), row ? String(row['Id']) : null);
        }
      },
    };
  });
}

function opportunities(queued: SaleNeeds['opportunities'], { opportunities: answers }: SaleFound): Lookup[] {
  const fields = new Set(queued.map(({ field }) => identifier(field)));
  return [...fields].map((field) => {
    const mine = queued.filter((one) => one.field === field);
    return {
      soql: `SELECT Id, IsClosed, CloseDate, ${field} FROM Opportunity WHERE ${field} IN ${inList(mine.map(({ key }) => key))}`,
      take(found) {
        for (const { key } of mine) {
          const row = found.find((one) => one[field] === key);
          const known = row && {
            id: String(row['Id']),
            isClosed: row['IsClosed'] === true,
            closeDate: textOrNull(row['CloseDate']),
          };
          answers.set(key, known ?? null);
        }
      },
    };
  });
}

/** Looks up the records that a sale has created already, by their report rows (M13). */
function made(prefix: string, queued: SaleNeeds['made'], { made: answers }: SaleFound): Lookup[] {
  if (queued.length === 0) return [];
  const [key, record] = [`${prefix}Report_Id__c`, `${prefix}Salesforce_Record_Id__c`].map(identifier);
  if (key === undefined || record === undefined) return [];
  return [
    {
      soql: `SELECT ${key}, ${record} FROM ${identifier(`${prefix}Integration_Report__c`)} WHERE ${key} IN ${inList(queued)}`,
      take(found) {
        for (const one of queued) {
          const id = found.find((row) => row[key] === one)?.[record];
          answers.set(one, typeof id === 'string' ? id : null);
        }
      },
    },
  ];
}

function sites(prefix: string, queued: SaleNeeds['sites'], { sites: answers }: SaleFound): Lookup[] {
  if (queued.length === 0) return [];
  const name = (field: string): string => identifier(prefix + field);
  const [account, organization, key, location] = ['Account__c', 'Organization__c', 'Site_Key__c', 'location__c'].map(
    name,
  ) as [string, string, string, string];
  const where = `WHERE ${account} IN ${inList(queued)} ORDER BY CreatedDate, Id`;
  let organizations: SalesforceFields[] = [];
  return [
    {
      soql: `SELECT Id, ${account} FROM ${organization} ${where}`,
      take: (rows) => (organizations = rows),
    },
    {
      soql: `SELECT Id, ${account}, ${organization}, ${key}, ${location} FROM ${name('Site__c')} ${where}`,
      take(found) {
        for (const one of queued) {
          const ours = (row: SalesforceFields): boolean => row[account] === one;
          const known: AccountSites = {
            organizationId: textOrNull(organizations.find(ours)?.['Id']),
            sites: found.filter(ours).map((row) => ({
              id: String(row['Id']),
              key: textOrNull(row[key]),
              location: textOrNull(row[location]) ?? '',
              hasOrganization: textOrNull(row[organization]) !== null,
            })),
          };
          answers.set(one, known);
        }
      },
    },
  ];
}
