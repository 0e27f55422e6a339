// The fields that Sellfire ships, and the custom ones that this account's Enablement users made in the Field Manager.
import type { SellfireField, SellfireFieldType } from '../../bridge/model/field.ts';
import { PHASES } from '../../bridge/model/phase.ts';

export const US_STATES = (
  'AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA ' +
  'RI SC SD TN TX UT VT VA WA WV WI WY'
).split(' ');

export const INDUSTRIES = [
  'Automotive',
  'Construction',
  'Education',
  'Financial Services',
  'Fitness',
  'Healthcare',
  'Hospitality',
  'Landscaping',
  'Legal',
  'Manufacturing',
  'Real Estate',
  'Retail',
  'Technology',
  'Transportation',
];
export const SOURCES = ['Import', 'Referral', 'Salesforce', 'Trade Show', 'Web', 'List Purchase', 'Inbound Call'];
export const INTERESTS = ['Scheduling', 'Payments', 'Marketing', 'Reporting', 'Payroll', 'Inventory'];

/** Default length of a text field, and that of the long ones, in characters. */
export const TEXT_LENGTH = 255;
export const LONG_TEXT_LENGTH = 32_000;

const LENGTHS: Partial<Record<SellfireFieldType, number>> = {
  text: TEXT_LENGTH,
  long_text: LONG_TEXT_LENGTH,
  multi_text: TEXT_LENGTH,
  phone: 40,
  email: 80,
  url: TEXT_LENGTH,
};

type Extra = Partial<Pick<SellfireField, 'custom' | 'read_only' | 'max_length' | 'options' | 'object'>>;

/** A field with what its type implies filled in. */
export function describeField(name: string, label: string, type: SellfireFieldType, extra: Extra = {}): SellfireField {
  return {
    object: 'lead',
    name,
    label,
    type,
    custom: false,
    read_only: false,
    max_length: LENGTHS[type] ?? null,
    options: [],
    ...extra,
  };
}

const RESERVED: Extra = { read_only: true };
const CUSTOM: Extra = { custom: true };
const SALE: Extra = { object: 'sale' };
const ITEM: Extra = { object: 'sale_item' };
const CONTACT: Extra = { object: 'associated_contact' };

export const SHIPPED_FIELDS: readonly SellfireField[] = [
  describeField('primary_phone_number', 'Primary Phone Number', 'phone'),
  describeField('business_name', 'Business Name', 'text'),
  describeField('first_name', 'First Name', 'text', { max_length: 80 }),
  describeField('last_name', 'Last Name', 'text', { max_length: 80 }),
  describeField('title', 'Title', 'text', { max_length: 128 }),
  describeField('email', 'Email', 'email'),
  describeField('street', 'Street', 'text'),
  describeField('city', 'City', 'text', { max_length: 80 }),
  describeField('state', 'State', 'select', { options: US_STATES }),
  describeField('postal_code', 'Postal Code', 'text', { max_length: 20 }),
  describeField('country', 'Country', 'text', { max_length: 80 }),
  describeField('website', 'Website', 'url'),
  describeField('industry', 'Industry', 'select', { options: INDUSTRIES }),
  describeField('employees', 'Employees', 'number'),
  describeField('annual_revenue', 'Annual Revenue', 'currency'),
  describeField('source', 'Lead Source', 'select', { options: SOURCES }),
  describeField('notes', 'Notes', 'long_text'),
  describeField('do_not_call', 'Do Not Call', 'checkbox'),
  describeField('timezone', 'Time Zone', 'text', { max_length: 40 }),
  describeField('phase', 'Phase', 'select', { options: [...PHASES] }),
  describeField('owned_rep_id', 'Owned Rep Id', 'rep'),
  describeField('sales_cycle', 'Sales Cycle', 'number', RESERVED),
  describeField('last_called_at', 'Last Called At', 'datetime', RESERVED),
  describeField('next_event_at', 'Next Event At', 'datetime', RESERVED),

  describeField('sold_at', 'Sold At', 'datetime', { ...SALE, ...RESERVED }),
  describeField('sold_by', 'Sold By', 'rep', { ...SALE, ...RESERVED }),
  describeField('total', 'Total', 'currency', { ...SALE, ...RESERVED }),
  describeField('payment_terms', 'Payment Terms', 'select', {
    ...SALE,
    options: ['Due on receipt', 'Net 15', 'Net 30', 'Net 60'],
  }),
  describeField('sale_notes', 'Sale Notes', 'long_text', SALE),

  describeField('product_code', 'Product Code', 'text', { ...ITEM, ...RESERVED }),
  describeField('product_name', 'Product Name', 'text', { ...ITEM, ...RESERVED }),
  describeField('quantity', 'Quantity', 'number', { ...ITEM, ...RESERVED }),
  describeField('unit_price', 'Unit Price', 'currency', { ...ITEM, ...RESERVED }),
  describeField('discount', 'Discount', 'percent', ITEM),

  describeField('first_name', 'First Name', 'text', { ...CONTACT, max_length: 80 }),
  describeField('last_name', 'Last Name', 'text', { ...CONTACT, max_length: 80 }),
  describeField('phone_number', 'Phone Number', 'phone', CONTACT),
];

export const CUSTOM_FIELDS: readonly SellfireField[] = [
  describeField('custom_contract_end', 'Contract End', 'date', CUSTOM),
  describeField('custom_interests', 'Interests', 'multi_select', { ...CUSTOM, options: INTERESTS }),
  describeField('custom_locations', 'Locations', 'multi_text', CUSTOM),
  describeField('custom_score', 'Score', 'number', CUSTOM),
  describeField('custom_nickname', 'Nickname', 'text', { ...CUSTOM, max_length: 40 }),
  describeField('custom_contract_months', 'Contract Months', 'number', { ...CUSTOM, ...SALE }),
];
