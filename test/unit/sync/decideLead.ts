// Decides for one lead in the usual configuration, and what a plan makes of its link.
import type { Change } from '../../../bridge/model/change.ts';
import type { SyncConfig } from '../../../bridge/model/config.ts';
import type { Link } from '../../../bridge/model/link.ts';
import type { Found, Plan, Write } from '../../../bridge/model/plan.ts';
import { decide } from '../../../bridge/sync/decide.ts';
import { nothingFound } from '../../../bridge/sync/turn/lookups.ts';
import { settle } from '../../../bridge/sync/settle.ts';
import { config, created, lead, LEAD_ID } from './fixtures.ts';

export const PHONE = '+15125550123';
export const acme = lead('lead_1', { primary_phone_number: PHONE, business_name: 'Acme Plumbing', last_name: 'Stone' });
export const HELD = { phones: { Phone: '(512) 555-0123' }, country: null };
export const free = (): Found => ({ ...nothingFound(), salesforceByPhone: new Map([[PHONE, []]]) });

export function plan(
  changes: Change[],
  options: { link?: Link; found?: Found; config?: SyncConfig; maybeApplied?: boolean } = {},
): Plan {
  const decision = decide({
    changes,
    link: options.link,
    found: options.found ?? nothingFound(),
    config: options.config ?? config(),
    maybeApplied: options.maybeApplied ?? false,
  });
  if ('needs' in decision) throw new Error(`needs ${JSON.stringify(decision.needs)}`);
  return decision.plan;
}

/** The link of a lead that was created in Sellfire, then in Salesforce. */
export function linked(overrides: Partial<Link> = {}): Link {
  const made = plan([created(acme)], { found: free() });
  const [write] = made.writes as [Write];
  const { link } = settle(config(), made.link, [{ ok: true, write, id: LEAD_ID }], 1_000);
  if (!link) throw new Error('no link');
  return { ...link, ...overrides };
}

export function linkOf(made: { link?: Link | undefined }): Link {
  if (!made.link) throw new Error('no link');
  return made.link;
}
