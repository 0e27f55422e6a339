// What waits to be created once all changes of a turn are folded in.
import type { SalesforceChange, SellfireChange } from '../../model/change.ts';
import type { PersonObject, SalesforceFields } from '../../model/salesforce.ts';

export interface Creations {
  salesforce?: { object: PersonObject; at: number };
  /** Demos and sales, in order. */
  demosAndSales: SellfireChange[];
  activities: SellfireChange[];
  /** The creation, what was edited since, and all its fields as they are now. */
  sellfire?: { change: SalesforceChange; edits: SalesforceChange[]; fields: SalesforceFields };
}
