// The CSV import of leads: each row stands or falls alone; a row whose phone is known updates and links that lead.
import { parse } from 'csv-parse/sync';
import type { z } from 'zod';
import type { Actor } from '../../bridge/model/event.ts';
import type { SellfireField, SellfireValue } from '../../bridge/model/field.ts';
import type { SalesforceIds } from '../../bridge/model/lead.ts';
import type { importResultSchema } from '../../bridge/sellfire/payloads.ts';
import type { Catalogue } from './catalogue.ts';
import type { LeadRequests } from './lead-requests.ts';
import type { Fields, Leads } from './leads.ts';
import { normalisePhone } from './phone.ts';
import { Refusal } from './problem.ts';

type ImportRow = z.infer<typeof importResultSchema>['rows'][number];
type Column = { field: SellfireField } | { id: keyof SalesforceIds };

/** Columns that make the link; every other column is a lead field by its name or its label. */
const ID_COLUMNS: Readonly<Record<string, keyof SalesforceIds>> = {
  salesforce_lead_id: 'lead_id',
  salesforce_contact_id: 'contact_id',
  salesforce_account_id: 'account_id',
};
/** Parts of a cell for multi-select and multi-text fields, as Salesforce exports them. */
const LIST_SEPARATOR = ';';

export class Imports {
  readonly #catalogue: Catalogue;
  readonly #leads: Leads;
  readonly #requests: LeadRequests;

  constructor(catalogue: Catalogue, leads: Leads, requests: LeadRequests) {
    this.#catalogue = catalogue;
    this.#leads = leads;
    this.#requests = requests;
  }

  /** @throws Refusal invalid_request (no CSV), unknown_field or read_only_field (a column); then nothing is imported. */
  run(csv: string, actor: Actor): ImportRow[] {
    const [header, ...rows] = readCsv(csv);
    if (!header) throw new Refusal('invalid_request', 'The file is empty: its first line names the columns.');
    const columns = header.map((title) => this.#column(title));
    return rows.map((cells, at) => this.#row(at + 1, columns, cells, actor));
  }

  #column(title: string): Column {
    const name = title.trim().toLowerCase().replaceAll(' ', '_');
    const id = ID_COLUMNS[name];
    if (id) return { id };
    const byLabel = this.#catalogue
      .list('lead')
      .find((field) => field.label.toLowerCase() === title.trim().toLowerCase());
    const field = byLabel ?? this.#catalogue.get('lead', name);
    if (field.read_only)
      throw new Refusal('read_only_field', `${field.label} (${field.name}) is kept by Sellfire itself.`, {
        field: field.name,
      });
    return { field };
  }

  #row(row: number, columns: Column[], cells: string[], actor: Actor): ImportRow {
    try {
      const fields: Fields = {};
      const salesforce: Partial<SalesforceIds> = {};
      columns.forEach((column, at) => {
        const cell = cells[at]?.trim() ?? '';
        if (cell === '') return;
        if ('id' in column) salesforce[column.id] = cell;
        else fields[column.field.name] = readCell(column.field, cell);
      });
      return { row, problem: null, ...this.#take(fields, salesforce, actor) };
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      return { row, outcome: 'failed', lead_id: refusal.problem.lead_id ?? null, problem: refusal.problem };
    }
  }

  #take(fields: Fields, salesforce: Partial<SalesforceIds>, actor: Actor): Pick<ImportRow, 'outcome' | 'lead_id'> {
    const phone = fields['primary_phone_number'];
    const known = this.#leads.findByPhone(typeof phone === 'string' ? (normalisePhone(phone) ?? '') : '');
    if (!known) return { outcome: 'created', lead_id: this.#requests.create({ fields, salesforce }, actor).id };
    for (const [name, id] of Object.entries(salesforce) as [keyof SalesforceIds, string][]) {
      const present = known.salesforce[name];
      if (present !== null && present !== id)
        throw new Refusal('invalid_value', `Lead ${known.id} is linked to ${present} already, not to ${id}.`, {
          field: `salesforce_${name}`,
          lead_id: known.id,
        });
    }
    const after = this.#requests.update(known.id, { fields, salesforce }, actor);
    const linked = Object.keys(salesforce).some((name) => known.salesforce[name as keyof SalesforceIds] === null);
    const outcome = after === known ? 'skipped' : linked ? 'linked' : 'updated';
    return { outcome, lead_id: known.id };
  }
}

export function readCsv(csv: string): string[][] {
  try {
    return parse(csv, { bom: true, skip_empty_lines: true, relax_column_count_less: true });
  } catch (cause) {
    throw new Refusal(
      'invalid_request',
      `The file is no CSV: ${cause instanceof Error ? cause.message : 'unreadable'}`,
    );
  }
}

/** A cell as a value of the field's type; what cannot be read is left as it is, for the field to refuse. */
export function readCell(field: SellfireField, cell: string): SellfireValue {
  switch (field.type) {
    case 'number':
    case 'currency':
    case 'percent':
      return Number.isNaN(Number(cell)) ? cell : Number(cell);
    case 'checkbox':
      if (/^(true|yes|1)$/i.test(cell)) return true;
      return /^(false|no|0)$/i.test(cell) ? false : cell;
    case 'multi_select':
    case 'multi_text':
      return cell.split(LIST_SEPARATOR).map((part) => part.trim());
    default:
      return cell;
  }
}
