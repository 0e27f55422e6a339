// The CSV import of sales that were made in Salesforce: the rows of one Opportunity are one sale, taken whole or not at all, and
// once however often it is imported.
import type { z } from 'zod';
import type { Actor } from '../../bridge/model/event.ts';
import type { SellfireField } from '../../bridge/model/field.ts';
import type { Lead } from '../../bridge/model/lead.ts';
import { SALE_COLUMNS, type Sale } from '../../bridge/model/sale.ts';
import type { saleImportResultSchema } from '../../bridge/sellfire/payloads.ts';
import type { Catalogue } from './catalogue.ts';
import { readCell, readCsv } from './imports.ts';
import { ownerOf, phaseOf, type Fields, type Leads } from './leads.ts';
import { isCycleOver } from './phases.ts';
import { normalisePhone } from './phone.ts';
import { Refusal } from './problem.ts';
import type { Reps } from './reps.ts';
import { newSaleSchema, type Sales } from './sales.ts';

type SaleImportRow = z.infer<typeof saleImportResultSchema>['rows'][number];

type Plain = (typeof SALE_COLUMNS)[number];
type Column = { plain: Plain } | { of: 'sale' | 'item'; field: SellfireField };
interface Row {
  number: number;
  plain: Partial<Record<Plain, string>>;
  sale: Fields;
  item: Fields;
}

interface Parts {
  catalogue: Catalogue;
  leads: Leads;
  reps: Reps;
  sales: Sales;
}

export class SaleImports {
  readonly #parts: Parts;
  readonly #byOpportunity = new Map<string, Sale>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** @throws Refusal invalid_request (no CSV), unknown_field or read_only_field (a column); then nothing is imported. */
  run(csv: string, actor: Actor): SaleImportRow[] {
    const [header, ...lines] = readCsv(csv);
    if (!header) throw new Refusal('invalid_request', 'The file is empty: its first line names the columns.');
    const columns = header.map((title) => this.#column(title.trim()));
    const sales = new Map<string, Row[]>();
    lines.forEach((cells, at) => {
      const row = readRow(at + 1, columns, cells);
      // A row without an Opportunity stands alone, and is refused for it.
      const key = row.plain.salesforce_opportunity_id ?? `row ${row.number}`;
      sales.set(key, [...(sales.get(key) ?? []), row]);
    });
    return [...sales.values()].flatMap((rows) => this.#sale(rows, actor)).toSorted((a, b) => a.row - b.row);
  }

  #column(title: string): Column {
    const plain = SALE_COLUMNS.find((name) => name === title);
    if (plain) return { plain };
    const [, of, name = ''] = /^(sale|item)\.(.+)$/.exec(title) ?? [];
    if (of !== 'sale' && of !== 'item')
      throw new Refusal('unknown_field', `There is no column "${title}" in an import of sales.`, { field: title });
    const field = this.#parts.catalogue.get(of === 'sale' ? 'sale' : 'sale_item', name);
    if (field.read_only)
      throw new Refusal('read_only_field', `${field.label} (${name}) is kept by Sellfire itself.`, { field: title });
    return { of, field };
  }

  #sale(rows: Row[], actor: Actor): SaleImportRow[] {
    let lead: Lead | undefined;
    const answer = (outcome: SaleImportRow['outcome'], sale: Sale | undefined, problem: SaleImportRow['problem']) =>
      rows.map(({ number }) => ({
        row: number,
        outcome,
        lead_id: lead?.id ?? sale?.lead_id ?? problem?.lead_id ?? null,
        sale_id: sale?.id ?? null,
        problem,
      }));
    try {
      const [first] = rows as [Row];
      const opportunity = first.plain.salesforce_opportunity_id;
      if (opportunity === undefined)
        throw new Refusal('invalid_value', 'A sale is known by its Opportunity, which this row does not name.', {
          field: 'salesforce_opportunity_id',
        });
      const known = this.#byOpportunity.get(opportunity);
      if (known) return answer('skipped', known, null);
      lead = this.#leadOf(first);
      const sale = this.#draft(opportunity, lead, rows);
      this.#byOpportunity.set(opportunity, sale);
      this.#parts.sales.add(sale);
      // As after a sale of a rep; a lead that rests or was retired since stays so.
      const fields: Fields = isCycleOver(phaseOf(lead)) ? {} : { phase: 'Customer' };
      this.#parts.leads.change(lead.id, { fields }, actor, { type: 'sale.made', sale });
      return answer('created', sale, null);
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      return answer('failed', undefined, refusal.problem);
    }
  }

  /** By the Contact, else by an Account that is that of one lead alone, else by the phone. */
  #leadOf({ plain }: Row): Lead {
    const { leads } = this.#parts;
    const { salesforce_contact_id: contact, salesforce_account_id: account, primary_phone_number: phone } = plain;
    const byContact = contact === undefined ? [] : leads.findBySalesforceId(contact);
    const byAccount = account === undefined ? [] : leads.findBySalesforceId(account);
    const byPhone = leads.findByPhone(normalisePhone(phone ?? '') ?? '');
    const lead = byContact[0] ?? (byAccount.length === 1 ? byAccount[0] : undefined) ?? byPhone;
    if (lead) return lead;
    const several = byAccount.length > 1 ? `, and its Account is that of ${byAccount.length} leads` : '';
    throw new Refusal('not_found', `No lead has this Contact or phone number${several}.`, {
      field: 'primary_phone_number',
    });
  }

  #draft(salesforce_opportunity_id: string, lead: Lead, rows: readonly Row[]): Sale {
    const [first] = rows as [Row];
    const { sold_at, sold_by, currency } = first.plain;
    const made_at = new Date(`${sold_at}T12:00:00.000Z`);
    if (Number.isNaN(made_at.getTime()))
      throw new Refusal('invalid_value', `"${sold_at ?? ''}" is no day such as 2026-11-24.`, { field: 'sold_at' });
    const rep = sold_by ?? ownerOf(lead) ?? undefined;
    if (rep === undefined || !this.#parts.reps.find(rep))
      throw new Refusal('invalid_value', `Nobody is named who sold it, and the lead has no owner.`, {
        field: 'sold_by',
      });
    const parsed = newSaleSchema.safeParse({
      ...(currency === undefined ? {} : { currency }),
      fields: first.sale,
      items: rows.map(({ plain, item }) => ({
        product_code: plain.product_code ?? '',
        product_name: plain.product_name ?? '',
        quantity: Number(plain.quantity),
        unit_price: plain.unit_price ?? '',
        fields: item,
      })),
    });
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      const field = String(issue?.path.at(-1) ?? '');
      throw new Refusal('invalid_value', `${field}: ${issue?.message ?? 'not possible'}`, { field });
    }
    return this.#parts.sales.draft(parsed.data, {
      lead_id: lead.id,
      rep_id: rep,
      cycle: lead.cycle,
      made_at: made_at.toISOString(),
      salesforce_opportunity_id,
    });
  }
}

function readRow(number: number, columns: readonly Column[], cells: readonly string[]): Row {
  const row: Row = { number, plain: {}, sale: {}, item: {} };
  columns.forEach((column, at) => {
    const cell = cells[at]?.trim() ?? '';
    if (cell === '') return;
    if ('plain' in column) row.plain[column.plain] = cell;
    else row[column.of][column.field.name] = readCell(column.field, cell);
  });
  return row;
}
