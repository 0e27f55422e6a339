// Whether a mapping can carry anything at all: its trigger, object and rule together (M4), and the types of its fields (M5).
import { finding, type Findings } from './finding';
import { fillsSalesforce, fillsSellfire, FOLLOWED_OBJECTS, type Other } from './mapping';
import type { SalesforceField, SellfireField } from './mapping';
import { conversion } from './typeTable';

/** M4: what the triggers and objects rule out together. */
export function never({ triggers, sellfireObject, salesforceObject, rule }: Other, { dead }: Findings): void {
  const isFollowed = FOLLOWED_OBJECTS.includes(salesforceObject);
  if (triggers.length === 0) dead.push(finding('NoTrigger'));
  else if (sellfireObject !== 'lead' && !triggers.includes('sale')) dead.push(finding('SaleOnly', sellfireObject));
  else if (!isFollowed && triggers.every((trigger) => trigger === 'createUpdate')) dead.push(finding('NotFollowed'));
  else if (rule === 'SalesforceUnlessBlank' && !(isFollowed && triggers.includes('createUpdate')))
    dead.push(finding('NeverInward'));
}

export function types({ rule }: Other, sellfire: SellfireField, salesforce: SalesforceField, found: Findings): void {
  const { toSalesforce, toSellfire } = conversion(sellfire.type, salesforce.type);
  if (fillsSalesforce(rule) && toSalesforce.verdict === 'none')
    found.dead.push(finding('TypesOut', sellfire.type, salesforce.type));
  else if (fillsSellfire(rule) && toSellfire.verdict === 'none')
    found.dead.push(finding('TypesIn', salesforce.type, sellfire.type));
  if (fillsSalesforce(rule) && toSalesforce.loss) found.warnings.push(finding('LossOut', toSalesforce.loss));
  if (fillsSellfire(rule) && toSellfire.loss) found.warnings.push(finding('LossIn', toSellfire.loss));
}
