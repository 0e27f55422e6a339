// Both sides of a link as one decision read them.
import type { Lead } from '../../model/lead.ts';
import type { FoundRecord } from '../../model/plan.ts';
import type { FollowedObject } from '../../model/salesforce.ts';

export interface Sides {
  lead: Lead;
  records: { object: FollowedObject; id: string; record: FoundRecord }[];
}
