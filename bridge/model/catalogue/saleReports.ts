// Codes of demos and sales.
import type { Entry } from './entry.ts';

export const SALE = {
  TOO_MANY_RECORDS: {
    title: 'Sale too large',
    places: ['report'],
    outcomes: ['Failed'],
    sentence:
      'The sale makes {count} records ({parts}), and Salesforce takes {most} in one transaction, so nothing of it was written.',
    action: 'Shorten its locations or items, then repush the sale.',
  },
  TOO_MANY_OBJECTS: {
    title: 'Sale spread over too many objects',
    places: ['report'],
    outcomes: ['Failed'],
    sentence:
      'Salesforce takes {most} kinds of changes in one transaction, and these are {count} ({objects}), so nothing of it was written.',
    action: 'Map the sale to fewer objects, then repush the sale.',
  },
  PRODUCT_MISSING: {
    title: 'Product missing in Salesforce',
    places: ['report'],
    outcomes: ['Failed'],
    action: 'Make the product and its price, or turn on Create Products in the settings, then repush the sale.',
    cases: {
      atAll: { sentence: 'Salesforce has no active standard price book entry for {products}.' },
      inCurrency: { sentence: 'Salesforce has no active standard price book entry in {currency} for {products}.' },
    },
  },
  CURRENCY_MISSING: {
    title: 'Currency missing in Salesforce',
    places: ['report'],
    outcomes: ['Failed'],
    action: 'Correct the currency of the sale in Sellfire, or add it in Salesforce, then repush the sale.',
    cases: {
      only: {
        sentence: 'The sale is in {currency}, and Salesforce keeps every amount in {known}.',
        action:
          'Correct the currency of the sale in Sellfire, or turn on several currencies in Salesforce, then repush the sale.',
      },
      ofSeveral: {
        sentence: 'The sale is in {currency}, which is no active currency in Salesforce. Active are {known}.',
        action: 'Activate it under Manage Currencies in Setup, or correct the sale in Sellfire, then repush the sale.',
      },
    },
  },
  PRODUCT_INACTIVE: {
    title: 'Product inactive in Salesforce',
    places: ['report'],
    outcomes: ['Failed'],
    sentence: 'In Salesforce the product or its standard price is not active: {products}.',
    action: 'Activate it, then repush the sale.',
  },
  PRICEBOOK_MISSING: {
    title: 'No standard price book',
    places: ['report'],
    outcomes: ['Failed'],
    sentence: 'The connected user sees no standard price book, so no product can be made.',
    action: 'Activate it and share it with the user, then repush the sale.',
  },
  OBJECT_NOT_CREATEABLE: {
    title: 'No right to create records',
    places: ['report'],
    outcomes: ['Failed'],
    action: 'Give the user Read, Create and Edit on it, or delete the mappings, then repush the sale.',
    cases: {
      hidden: { sentence: 'Fields are mapped to {object} at a sale, and the connected user cannot see it.' },
      readOnly: {
        sentence:
          'Fields are mapped to {label} ({object}) at a sale, and the connected user cannot create its records.',
      },
      persons: {
        sentence: 'New Accounts of the connected user are person accounts, and a demo or a sale is made to a business.',
        action: 'Assign a business record type of Account to the user, then repush.',
      },
    },
  },
  MAPPINGS_MIXED: {
    title: 'Items and contacts mapped to one object',
    places: ['report'],
    outcomes: ['Failed'],
    sentence:
      'Fields of sale items and of associated contacts are mapped to {label} ({object}) at a sale: a record is of one or of the other.',
    action: 'Map only one of the two to it, then repush the sale.',
  },
  SALE_KNOWN: {
    title: 'Sale known already',
    places: ['report'],
    outcomes: ['Skipped'],
    sentence: 'Sellfire has this sale already.',
    action: '',
  },
  NO_ITEMS: {
    title: 'Opportunity without products and amount',
    places: ['report'],
    outcomes: ['Failed'],
    sentence: 'The Opportunity "{name}" has neither products nor an amount.',
    action: 'Give it one, then export again.',
  },
} as const satisfies Record<string, Entry>;
