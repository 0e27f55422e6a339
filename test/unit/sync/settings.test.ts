// The switches of the settings (M19): each stops its own purpose only. The switches of demos, sales and Tasks are tested there.
import { expect, it } from '@jest/globals';
import type { Change } from '../../../bridge/model/change.ts';
import type { Link } from '../../../bridge/model/link.ts';
import type { Settings } from '../../../bridge/model/settings.ts';
import { decide } from '../../../bridge/sync/decide.ts';
import { nothingFound } from '../../../bridge/sync/turn/lookups.ts';
import { emptyState, withReplica } from '../../../bridge/sync/values/register.ts';
import { config, created, lead, LEAD_ID, salesforceChange, sellfireChange, US, USUAL } from './fixtures.ts';

const PHONE = '+15125550123';
const acme = lead('lead_1', { primary_phone_number: PHONE, business_name: 'Acme Plumbing', last_name: 'Stone' });
const link: Link = { leadId: 'lead_1', record: { object: 'Lead', id: LEAD_ID }, fields: {} } as Link;
const fields = { Phone: PHONE, Company: 'Acme Plumbing', LastName: 'Stone' };

/** Four changes: a creation or an edit on one side, which the other side gets. */
const CHANGES: Record<string, { change: Change; link?: Link }> = {
  createInSalesforce: { change: created(acme) },
  updateInSalesforce: {
    change: sellfireChange('lead.updated', 9_000, acme, { email: { from: null, to: 'a@b.example' } }),
    link,
  },
  createInSellfire: { change: salesforceChange('create', 9_000, fields) },
  updateInSellfire: { change: salesforceChange('update', 9_000, { Title: 'Owner' }), link },
};
const SWITCHES = Object.keys(CHANGES) as (keyof Settings)[];

function writesWith(settings: Partial<Settings>): string[] {
  return Object.values(CHANGES).flatMap(({ change, link: known }) => {
    const decision = decide({
      changes: [change],
      link: known,
      found: {
        ...nothingFound(),
        salesforceByPhone: new Map([[PHONE, []]]),
        sellfireByPhone: new Map([[PHONE, null]]),
        sellfireByRecord: new Map([[LEAD_ID, null]]),
      },
      config: config(USUAL, settings),
      maybeApplied: false,
    });
    if ('needs' in decision) throw new Error(`needs ${JSON.stringify(decision.needs)}`);
    return decision.plan.writes.map(({ kind }) => kind);
  });
}

it('with every switch on, each change is synced (M19)', () => {
  expect(writesWith({})).toEqual(SWITCHES);
});

it.each(SWITCHES)('%s off stops that and nothing else (M19)', (name) => {
  expect(writesWith({ [name]: false })).toEqual(SWITCHES.filter((other) => other !== name));
});

it('what was due before a direction was switched off is not written then, nor once it is on again (M19)', () => {
  const state = (key: string, by: 'sellfire' | 'salesforce') => ({
    ...withReplica(emptyState(), key, { targetVersion: 1 }),
    register: { value: 'Owner', at: 8_000, by, version: 1 },
  });
  const due = { ...link, fields: { email: state('Lead.Email', 'sellfire'), title: state('sellfire', 'salesforce') } };
  const written = (known: Link | undefined, settings: Partial<Settings>): [string[], Link | undefined] => {
    const change = salesforceChange('update', 9_000, {}, { user: US });
    const on = config(USUAL, settings);
    const decision = decide({ changes: [change], link: known, found: nothingFound(), config: on, maybeApplied: false });
    if ('needs' in decision) throw new Error(`needs ${JSON.stringify(decision.needs)}`);
    return [decision.plan.writes.map(({ kind }) => kind), decision.plan.link];
  };
  expect(written(due, {})[0]).toEqual(['updateInSalesforce', 'updateInSellfire']);
  expect(written(due, { updateInSalesforce: false })[0]).toEqual(['updateInSellfire']);
  const [off, after] = written(due, { updateInSalesforce: false, updateInSellfire: false });
  expect(off).toEqual([]);
  expect(written(after, {})[0]).toEqual([]);
});
