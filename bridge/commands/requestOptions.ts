// Turns the options of a command into the parameters of a request. The bridge's own schema checks them, so that a wrong option is
// refused before a record is created.
import { explain } from '../model/catalogue/catalogue.ts';
import { BridgeError } from '../model/fault.ts';
import { exportSchema } from '../requests/exportSales.ts';
import { importSchema } from '../requests/importLeads.ts';
import { linkSchema } from '../requests/linkExisting.ts';
import { reconcileSchema } from '../requests/reconcile.ts';
import { repushSchema } from '../requests/repushSchema.ts';
import { restoreSchema } from '../requests/restoreLinks.ts';
import { parametersOf, type RequestType } from '../requests/request.ts';
import { COMMANDS, type Given, type RequestCommand } from './requests.ts';

export interface RequestInput {
  type: RequestType;
  parameters: object;
  /** The file that `export` writes, in place of a request. */
  file?: string;
}

const SCHEMAS = {
  Import: importSchema,
  LinkExisting: linkSchema,
  ExportSales: exportSchema,
  Reconcile: reconcileSchema,
  Repush: repushSchema,
  RestoreLinks: restoreSchema,
};

/** @throws BridgeError PARAMETERS_INVALID */
export function toRequest(type: RequestCommand, { preview, dryRun, file, ...given }: Given): RequestInput {
  const only = preview === true || dryRun === true;
  const named = Object.entries(given).map(([name, value]) => [name, isMoment(type, name) ? moment(value) : value]);
  const parameters = {
    ...Object.fromEntries(named),
    ...(only ? { [type === 'Reconcile' ? 'dryRun' : 'preview']: true } : {}),
  } as object;
  try {
    parametersOf(
      { id: '', type, recordId: null, parameters: JSON.stringify(parameters), at: 0 },
      SCHEMAS[type] as typeof importSchema,
    );
  } catch (error) {
    if (!(error instanceof BridgeError)) throw error;
    throw new BridgeError(explain('PARAMETERS_INVALID.command', { message: error.message, command: COMMANDS[type] }), {
      cause: error,
    });
  }
  return { type, parameters, ...(typeof file === 'string' ? { file } : {}) };
}

/** The days of a period of sales stay days. */
const isMoment = (type: RequestType, name: string): boolean =>
  type !== 'ExportSales' && ['since', 'until', 'createdSince'].includes(name);

/** A day begins in UTC, as the org's clock counts. */
const moment = (value: Given[string]): Given[string] =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? `${value}T00:00:00Z` : value;
