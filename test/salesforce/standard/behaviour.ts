// What the platform derives by itself on standard objects: full names, closed and won, prices and amounts.
// Derived fields are read-only to clients and always agree with the fields that they are derived from.
import { readFileSync } from 'node:fs';
import { PlatformError, type FieldValue, type Row } from '../model.ts';

interface Stage {
  name: string;
  /** Percent. */
  probability: number;
  forecast: string;
  closed: boolean;
  won: boolean;
}

const stages = JSON.parse(readFileSync(new URL('./OpportunityStage.json', import.meta.url), 'utf8')) as Stage[];

/** What a behaviour may do beside its own record. */
export interface Surroundings {
  readonly now: string;
  readonly user: string;
  read(object: string, id: FieldValue | undefined): Row | undefined;
  find(object: string, where: Row): Row[];
  create(object: string, fields: Row): string;
  set(object: string, id: string, values: Row): void;
}

export interface Behaviour {
  /** Before the checks; `given` names the fields that the client sent. */
  derive?(row: Row, before: Row | undefined, given: ReadonlySet<string>, around: Surroundings): void;
  saved?(row: Row, before: Row | undefined, around: Surroundings): void;
  removed?(row: Row, around: Surroundings): void;
}

const person: Behaviour = {
  derive(row) {
    row['Name'] = row['FirstName']
      ? `${String(row['FirstName'])} ${String(row['LastName'])}`
      : (row['LastName'] ?? null);
  },
};

const lead: Behaviour = {
  derive(row, before, given, around) {
    // Read-only from its conversion on; only deleting is left.
    if (before?.['IsConverted'] === true) throw convertedLead([]);
    person.derive?.(row, before, given, around);
  },
};

function convertedLead(fields: string[]): PlatformError {
  return new PlatformError('CANNOT_UPDATE_CONVERTED_LEAD', 'cannot reference converted lead', { fields });
}

/** The status that ends a task. */
const TASK_CLOSED = 'Completed';

const task: Behaviour = {
  derive(row, before, _given, around) {
    const closed = row['Status'] === TASK_CLOSED;
    row['IsClosed'] = closed;
    row['IsHighPriority'] = row['Priority'] === 'High';
    if (!closed) row['CompletedDateTime'] = null;
    else if (before?.['IsClosed'] !== true) row['CompletedDateTime'] = around.now;
    const who = String(row['WhoId'] ?? '');
    if (who.startsWith('00Q') && row['WhatId']) {
      throw new PlatformError(
        'FIELD_INTEGRITY_EXCEPTION',
        'Related To ID: a task for a lead is related to nothing else',
        {
          fields: ['WhatId'],
        },
      );
    }
    if (who !== before?.['WhoId'] && who.startsWith('00Q') && around.read('Lead', who)?.['IsConverted'] === true) {
      throw convertedLead(['WhoId']);
    }
    row['WhoCount'] = who ? 1 : 0;
    row['WhatCount'] = row['WhatId'] ? 1 : 0;
    row['AccountId'] = accountOf(row, around);
  },
};

/** A task belongs to the account that it is about, else to the account of its opportunity or contact. */
function accountOf(row: Row, around: Surroundings): FieldValue {
  const what = String(row['WhatId'] ?? '');
  if (what.startsWith('001')) return what;
  if (what.startsWith('006')) return around.read('Opportunity', what)?.['AccountId'] ?? null;
  const who = String(row['WhoId'] ?? '');
  return who.startsWith('003') ? (around.read('Contact', who)?.['AccountId'] ?? null) : null;
}

const opportunity: Behaviour = {
  derive(row, before, given) {
    const stage = stages.find((candidate) => candidate.name === row['StageName']);
    row['IsClosed'] = stage?.closed ?? false;
    row['IsWon'] = stage?.won ?? false;
    if (row['StageName'] !== before?.['StageName']) {
      if (!given.has('Probability')) row['Probability'] = stage?.probability ?? row['Probability'] ?? null;
      row['ForecastCategoryName'] = stage?.forecast ?? 'Pipeline';
    }
    row['ForecastCategory'] = String(row['ForecastCategoryName'] ?? 'Pipeline').replaceAll(' ', '');
    if (before?.['HasOpportunityLineItem'] === true) {
      // An amount sent for an opportunity with products is ignored, silently.
      row['Amount'] = before['Amount'] ?? null;
      row['TotalOpportunityQuantity'] = before['TotalOpportunityQuantity'] ?? null;
      if (row['Pricebook2Id'] !== before['Pricebook2Id']) {
        const message = 'The price book of an opportunity cannot change while it has products';
        throw new PlatformError('FIELD_INTEGRITY_EXCEPTION', message, { fields: ['Pricebook2Id'] });
      }
      if (row['CurrencyIsoCode'] !== before['CurrencyIsoCode']) {
        const message = 'The currency of an opportunity cannot change while it has products';
        throw new PlatformError('FIELD_INTEGRITY_EXCEPTION', message, { fields: ['CurrencyIsoCode'] });
      }
    }
    const closes = typeof row['CloseDate'] === 'string' ? row['CloseDate'] : '';
    row['FiscalYear'] = closes ? Number(closes.slice(0, 4)) : null;
    row['FiscalQuarter'] = closes ? Math.ceil(Number(closes.slice(5, 7)) / 3) : null;
    row['Fiscal'] = closes ? `${String(row['FiscalYear'])} ${String(row['FiscalQuarter'])}` : null;
  },
  saved(row, before, around) {
    if (before || !row['ContactId']) return;
    const role = { OpportunityId: row['Id'] ?? null, ContactId: row['ContactId'], IsPrimary: true };
    around.create('OpportunityContactRole', role);
  },
};

const lineItem: Behaviour = {
  derive(row, before, given, around) {
    const entry = around.read('PricebookEntry', row['PricebookEntryId']);
    const parent = around.read('Opportunity', row['OpportunityId']);
    if (!entry || !parent) return;
    if (parent['Pricebook2Id'] !== entry['Pricebook2Id'] || entry['IsActive'] !== true) {
      const message =
        'field integrity exception: PricebookEntryId (pricebook entry is inactive or is in a different pricebook than the opportunity)';
      throw new PlatformError('FIELD_INTEGRITY_EXCEPTION', message, { fields: ['PricebookEntryId'] });
    }
    if ((parent['CurrencyIsoCode'] ?? null) !== (entry['CurrencyIsoCode'] ?? null)) {
      const message =
        'field integrity exception: PricebookEntryId (The pricebook entry currency code does not match the opportunity currency code)';
      throw new PlatformError('FIELD_INTEGRITY_EXCEPTION', message, { fields: ['PricebookEntryId'] });
    }
    if ('CurrencyIsoCode' in row) row['CurrencyIsoCode'] = parent['CurrencyIsoCode'] ?? null;
    row['Product2Id'] = entry['Product2Id'] ?? null;
    row['ProductCode'] = entry['ProductCode'] ?? null;
    row['ListPrice'] = entry['UnitPrice'] ?? null;
    row['Name'] = [parent['Name'], entry['Name']].filter(Boolean).join(' ');
    const quantity = Number(row['Quantity'] ?? 0);
    if (before && given.has('UnitPrice') && given.has('TotalPrice')) {
      throw new PlatformError('FIELD_INTEGRITY_EXCEPTION', 'specify either UnitPrice or TotalPrice, not both', {
        fields: ['TotalPrice'],
      });
    }
    if (given.has('TotalPrice') && !given.has('UnitPrice') && quantity !== 0) {
      row['UnitPrice'] = round(Number(row['TotalPrice']) / quantity);
    }
    if (row['UnitPrice'] === null) row['UnitPrice'] = entry['UnitPrice'] ?? null;
    row['Subtotal'] = round(Number(row['UnitPrice']) * quantity);
    row['TotalPrice'] = round(Number(row['Subtotal']) * (1 - Number(row['Discount'] ?? 0) / 100));
  },
  saved: (row, _before, around) => totalOpportunity(row, around),
  removed: (row, around) => totalOpportunity(row, around),
};

const round = (amount: number): number => Math.round(amount * 100) / 100;

function totalOpportunity(line: Row, around: Surroundings): void {
  const id = String(line['OpportunityId']);
  const lines = around.find('OpportunityLineItem', { OpportunityId: id });
  const total = lines.reduce((sum, other) => sum + Number(other['TotalPrice'] ?? 0), 0);
  around.set('Opportunity', id, {
    HasOpportunityLineItem: lines.length > 0,
    ...(lines.length > 0 && {
      Amount: round(total),
      TotalOpportunityQuantity: lines.reduce((sum, other) => sum + Number(other['Quantity'] ?? 0), 0),
    }),
  });
}

const contactRole: Behaviour = {
  saved(row, _before, around) {
    if (row['IsPrimary'] !== true) return;
    const primary = { OpportunityId: row['OpportunityId'] ?? null, IsPrimary: true };
    for (const other of around.find('OpportunityContactRole', primary)) {
      if (other['Id'] !== row['Id']) around.set('OpportunityContactRole', String(other['Id']), { IsPrimary: false });
    }
  },
};

const pricebookEntry: Behaviour = {
  derive(row, before, _given, around) {
    const product = around.read('Product2', row['Product2Id']);
    row['Name'] = product?.['Name'] ?? null;
    row['ProductCode'] = product?.['ProductCode'] ?? null;
    if (before || !product) return;
    const sameProduct = around.find('PricebookEntry', { Product2Id: row['Product2Id'] ?? null });
    const inCurrency = sameProduct.filter((entry) => entry['CurrencyIsoCode'] === row['CurrencyIsoCode']);
    if (inCurrency.some((entry) => entry['Pricebook2Id'] === row['Pricebook2Id'])) {
      throw new PlatformError('DUPLICATE_VALUE', 'This price definition already exists in this price book');
    }
    const standard = around.read('Pricebook2', row['Pricebook2Id'])?.['IsStandard'] === true;
    const hasStandard = inCurrency.some(
      (entry) => around.read('Pricebook2', entry['Pricebook2Id'])?.['IsStandard'] === true,
    );
    if (!standard && !hasStandard)
      throw new PlatformError('STANDARD_PRICE_NOT_DEFINED', 'No standard price defined for this product');
    if (row['UseStandardPrice'] === true) {
      const source = sameProduct.find(
        (entry) => around.read('Pricebook2', entry['Pricebook2Id'])?.['IsStandard'] === true,
      );
      row['UnitPrice'] = source?.['UnitPrice'] ?? row['UnitPrice'] ?? null;
    }
  },
};

const BEHAVIOURS: Readonly<Record<string, Behaviour>> = {
  Lead: lead,
  Contact: person,
  User: person,
  Task: task,
  Opportunity: opportunity,
  OpportunityLineItem: lineItem,
  OpportunityContactRole: contactRole,
  PricebookEntry: pricebookEntry,
};

export function behaviourOf(object: string): Behaviour | undefined {
  return BEHAVIOURS[object];
}
