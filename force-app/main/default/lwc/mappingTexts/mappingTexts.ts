// What a finding, a type and a conversion are in words, in the language of whoever reads.
import passesNone from '@salesforce/label/c.Mapping_Passes_None';
import passesWhole from '@salesforce/label/c.Mapping_Passes_Whole';
import conversionLine from '@salesforce/label/c.Mapping_Conversion';
import associatedContact from '@salesforce/label/c.Mapping_Object_Associated_Contact';
import lead from '@salesforce/label/c.Mapping_Object_Lead';
import sale from '@salesforce/label/c.Mapping_Object_Sale';
import saleItem from '@salesforce/label/c.Mapping_Object_Sale_Item';
import {
  conversion,
  room,
  sellfireRoom,
  type Finding,
  type Loss,
  type Passage,
  type SalesforceField,
  type SellfireField,
} from 'c/fieldFit';
import { fill } from './fill';
import { FINDING_LABELS } from './findingLabels';
import { LOSS_LABELS } from './lossLabels';
import { TYPE_LABELS } from './typeLabels';

export { counted, fill } from './fill';

const OBJECT_LABELS: Readonly<Record<string, string>> = {
  lead,
  sale,
  sale_item: saleItem,
  associated_contact: associatedContact,
};

/** Of Sellfire's objects; one that the page does not know yet keeps its name. */
export const objectLabel = (object: string): string => OBJECT_LABELS[object] ?? object;

/** Of a type of either side. */
export const typeLabel = (type: string): string => TYPE_LABELS[type] ?? type;

/** Types whose length says something to whoever chooses a field. */
const WITH_LENGTH = ['string', 'textarea', 'url', 'email', 'phone', 'encryptedstring', 'picklist', 'combobox'];

/** `Text (255)`, `Number (16, 2)`, `Date` */
export function salesforceType({ type, length, precision, scale }: SalesforceField): string {
  if (WITH_LENGTH.includes(type) && length > 0) return `${typeLabel(type)} (${length})`;
  const hasDigits = ['double', 'currency', 'percent'].includes(type) && precision > 0;
  return hasDigits ? `${typeLabel(type)} (${precision - scale}, ${scale})` : typeLabel(type);
}

/** `Text (80)`, `Dropdown` */
export function sellfireType({ type, maxLength }: SellfireField): string {
  return maxLength ? `${typeLabel(type)} (${maxLength})` : typeLabel(type);
}

export function sentence({ code, values }: Finding): string {
  const label = FINDING_LABELS[code];
  if (code === 'TypesOut' || code === 'TypesIn') return fill(label, ...values.map((type) => typeLabel(String(type))));
  if (code === 'LossOut' || code === 'LossIn') return fill(label, LOSS_LABELS[values[0] as Loss]);
  if (code === 'SaleOnly') return fill(label, objectLabel(String(values[0])));
  return fill(label, ...values);
}

/** @param limit what a value may meet although its type passes whole: a field that is too short, decimals that are rounded */
function passageText({ verdict, loss }: Passage, limit: Finding | undefined): string {
  if (loss) return LOSS_LABELS[loss];
  if (verdict === 'none') return passesNone;
  return limit ? sentence(limit) : passesWhole;
}

/** `Text (255) → Text area: whole.`, one line each way. */
export function conversionLines(sellfire: SellfireField, salesforce: SalesforceField): [string, string] {
  const { toSalesforce, toSellfire } = conversion(sellfire.type, salesforce.type);
  const [ours, theirs] = [sellfireType(sellfire), salesforceType(salesforce)];
  const { issue, warnings } = room(sellfire, salesforce, false);
  return [
    fill(conversionLine, ours, theirs, passageText(toSalesforce, issue ?? warnings[0])),
    fill(conversionLine, theirs, ours, passageText(toSellfire, sellfireRoom(sellfire, salesforce))),
  ];
}
