// The auditor: reads the states and the journals of the two systems and says what the specification does not allow. It is written from
// docs/spec.md alone and shares no code with the core or with the other checks, so that what they have in common is no blind spot.
import { auditAbroad } from './abroad.ts';
import { auditActivities } from './activities.ts';
import { auditCarried } from './carried.ts';
import { auditClaims } from './claims.ts';
import { auditDeals } from './deals.ts';
import { auditDoubles } from './doubles.ts';
import { auditEmails } from './emails.ts';
import type { Evidence } from './evidence.ts';
import { auditDirections } from './directions.ts';
import { auditApplied, auditFields } from './fields.ts';
import { auditHappened } from './happened.ts';
import { auditMade } from './made.ts';
import { auditMatches } from './matches.ts';
import { auditOrigins } from './origins.ts';
import { auditPages } from './pages.ts';
import { auditRefusals } from './refusals.ts';
import { auditRows } from './rows.ts';
import { auditSales } from './sales.ts';
import { auditSoldFields } from './soldFields.ts';

/** @returns a sentence for each breach, with the rule that it breaks */
export function audit(evidence: Evidence): string[] {
  return said(
    [
      ...SAFETY,
      auditClaims,
      auditRefusals,
      auditHappened,
      auditCarried,
      auditDeals,
      auditMatches,
      auditFields,
      auditPages,
      auditSales,
      auditMade,
      auditActivities,
      auditAbroad,
      auditEmails,
      auditSoldFields,
    ].flatMap((part) => part(evidence)),
  );
}

/** @returns the same of what holds after every mapping was applied to what there is */
export const auditAfterApplying = (evidence: Evidence): string[] => said(auditApplied(evidence));

/** @returns the same of what holds at any moment, whatever is still to be done */
export const auditSafety = (evidence: Evidence): string[] => said(SAFETY.flatMap((part) => part(evidence)));

const SAFETY = [auditDoubles, auditOrigins, auditDirections, auditRows];

const said = (breaches: readonly string[]): string[] => breaches.map((breach) => `Audit ${breach}`);
