// The records that a turn creates after all its changes are merged.
import type { SalesforceChange, SellfireChange } from '../../model/change.ts';
import type { PersonObject, SalesforceFields } from '../../model/salesforce.ts';

export interface Creations {
  /** `isNew`: for a lead that has just been created, or because an admin asks for it. */
  salesforce?: { object: PersonObject; at: number; isNew?: boolean };
  /** Demos and sales, in the order of receipt. */
  demosAndSales: SellfireChange[];
  activities: SellfireChange[];
  /** Demos that were given another time. */
  reschedules: SellfireChange[];
  /** The creation event, the edits after it, and all fields as they are after these edits. `deleted`: the event by which the record was deleted again. */
  sellfire?: {
    change: SalesforceChange;
    edits: SalesforceChange[];
    fields: SalesforceFields;
    deleted?: SalesforceChange | undefined;
  };
}
