// The files of imports (M16, M26) as docs/import.md describes them: the columns of a Lead's or Contact's row, and of the rows of a sale.

/** A field of the record that is mapped to one of Sellfire. */
export interface FileMapping {
  /** The column: `title`, `sale.custom_note`. */
  column: string;
  field: string;
  rule: string;
  isReadOnly: boolean;
}

const comesIn = (rule: string): boolean => rule === 'TwoWay' || rule === 'SalesforceUnlessBlank';
const isBlank = (value: unknown): boolean => value === undefined || value === null || String(value).trim() === '';

/** What a cell says: numbers with a point and no zeros behind it, lists parted by semicolons. */
export function cellOf(value: unknown): string {
  const text = String(value).trim();
  return /^-?\d+(\.\d+)?(E\d+)?$/.test(text)
    ? String(Number(text))
    : text
        .split(/[;\n]/)
        .map((part) => part.trim())
        .join(';');
}

const PHASES = ['ColdCallCold', 'Resting', 'LongResting', 'Retired', 'Customer'];
/** A lead that has left the cold call goes back to it only after the end of its cycle. */
const OPEN = [
  'ColdCallWorkingNum',
  'ColdCallNDM',
  'ColdCallDM',
  'HeldPhase',
  'PostInitialHelPhaseDemoNotHeld',
  'PostHoldPhase',
];

export interface LeadRowGiven {
  object: string;
  id: string;
  fields: Readonly<Record<string, unknown>>;
  mappings: readonly FileMapping[];
  /** E.164, or the code of what is wrong with it. */
  phone: string;
  /** The phase of the lead that has the phone; undefined where none has. */
  phase: string | undefined;
}

export interface LeadRow {
  phone: string;
  cells: Readonly<Record<string, string>>;
  leftOut: readonly { sentence: string }[];
}

/** @param row what the bridge makes of the record */
export function auditLeadRow(
  given: LeadRowGiven,
  row: LeadRow | { code: string },
  columns: readonly string[],
): string[] {
  const { object, id, fields, mappings, phone, phase } = given;
  const where = `M16: the row of ${id}`;
  if ('code' in row) return row.code === phone ? [] : [`${where} is refused with ${row.code} instead of ${phone}.`];
  if (!phone.startsWith('+')) return [`${where} is made, and its phone is none (${phone}).`];
  const cells = new Map([['primary_phone_number', phone]]);
  let leftOut = 0;
  for (const { column, field, rule, isReadOnly } of mappings) {
    const value = fields[field];
    if (cells.has(column) || isReadOnly || !comesIn(rule) || isBlank(value)) continue;
    if (column === 'phase') {
      const current = phase ?? 'ColdCallCold';
      if (phase === value) continue;
      const isAccepted = PHASES.includes(String(value)) && !(value === 'ColdCallCold' && OPEN.includes(current));
      if (!isAccepted) {
        leftOut += 1;
        continue;
      }
    }
    cells.set(column, cellOf(value));
  }
  cells.set(`salesforce_${object.toLowerCase()}_id`, id);
  if (object === 'Contact' && typeof fields['AccountId'] === 'string')
    cells.set('salesforce_account_id', fields['AccountId']);
  const said = (some: Iterable<readonly [string, string]>): string => JSON.stringify([...some].toSorted());
  const wrong =
    said(cells) === said(Object.entries(row.cells))
      ? []
      : [`${where} is ${said(Object.entries(row.cells))} instead of ${said(cells)}.`];
  if (row.phone !== phone) wrong.push(`${where} is of ${row.phone} instead of ${phone}.`);
  if (row.leftOut.length !== leftOut) wrong.push(`${where} leaves out ${row.leftOut.length} instead of ${leftOut}.`);
  const lacking = [...cells.keys()].filter((name) => !columns.includes(name));
  const beside = columns.filter(
    (name) =>
      !name.startsWith('salesforce_') &&
      name !== 'primary_phone_number' &&
      !mappings.some((one) => one.column === name && comesIn(one.rule) && !one.isReadOnly),
  );
  return [
    ...wrong,
    ...lacking.map((name) => `${where} has no column for ${name}.`),
    ...beside.map((name) => `M16: ${name} is a column that nothing is mapped to.`),
    ...(columns[0] === 'primary_phone_number' && new Set(columns).size === columns.length
      ? []
      : [`M16: the columns are ${columns.join()}.`]),
  ];
}

export interface SaleGiven {
  opportunity: Readonly<Record<string, unknown>>;
  items: readonly { fields: Readonly<Record<string, unknown>>; productName: string | null }[];
  contactId: string | null;
  repId: string | null;
  /** Of the first person whose phone is a number; E.164. */
  phone: string | undefined;
  /** Of the Opportunity, and of its items. */
  mappings: { sale: readonly FileMapping[]; item: readonly FileMapping[] };
}

const text = (value: unknown): string => (isBlank(value) ? '' : String(value).trim());

function mapped(mappings: readonly FileMapping[], fields: Readonly<Record<string, unknown>>): Record<string, string> {
  const seen = new Set<string>();
  const found: Record<string, string> = {};
  for (const { column, field, rule, isReadOnly } of mappings) {
    if (seen.has(column) || !comesIn(rule) || isReadOnly) continue;
    // Of two mappings of one field the first counts, whatever its value.
    seen.add(column);
    if (!isBlank(fields[field])) found[column] = cellOf(fields[field]);
  }
  return found;
}

export function auditSaleRows(
  given: SaleGiven,
  rows: readonly Readonly<Record<string, string>>[] | { code: string },
): string[] {
  const { opportunity, items, contactId, repId, phone, mappings } = given;
  const shared = {
    salesforce_opportunity_id: text(opportunity['Id']),
    salesforce_contact_id: contactId ?? '',
    salesforce_account_id: text(opportunity['AccountId']),
    primary_phone_number: phone ?? '',
    sold_at: text(opportunity['CloseDate']),
    sold_by: repId ?? '',
    currency: text(opportunity['CurrencyIsoCode']),
    ...mapped(mappings.sale, opportunity),
  };
  const amount = isBlank(opportunity['Amount']) ? undefined : cellOf(opportunity['Amount']);
  const name = text(opportunity['Name']);
  const ofItems = items.map(({ fields, productName }) => {
    const product = productName ?? text(fields['Name']);
    const numbers = { quantity: cellOf(fields['Quantity']), unit_price: cellOf(fields['UnitPrice']) };
    const code = text(fields['ProductCode']) || product;
    return { ...shared, product_code: code, product_name: product, ...numbers, ...mapped(mappings.item, fields) };
  });
  const alone = { ...shared, product_code: name, product_name: name, quantity: '1', unit_price: amount ?? '' };
  const wanted = items.length > 0 ? ofItems : amount === undefined ? undefined : [alone];
  if ('code' in rows)
    return wanted === undefined && rows.code === 'NO_ITEMS'
      ? []
      : [`M26: a sale is refused with ${String(rows.code)}.`];
  const said = (some: readonly Readonly<Record<string, string>>[] | undefined): string =>
    JSON.stringify(some?.map((row) => Object.entries(row).toSorted()));
  return said(wanted) === said(rows) ? [] : [`M26: the rows of a sale are ${said(rows)} instead of ${said(wanted)}.`];
}
