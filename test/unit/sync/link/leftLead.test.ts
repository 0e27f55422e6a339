// The Lead that a link has left says where its lead went, also where it was in the recycle bin when the link left it (M20).
import { describe, expect, it } from '@jest/globals';
import type { SalesforceChange } from '../../../../bridge/model/change.ts';
import type { SyncConfig } from '../../../../bridge/model/config.ts';
import type { Link } from '../../../../bridge/model/link.ts';
import type { Write } from '../../../../bridge/model/plan.ts';
import { decide } from '../../../../bridge/sync/decide.ts';
import { nothingFound } from '../../../../bridge/sync/turn/lookups.ts';
import { salesforceField, salesforceObject } from '../../../helpers/fields.ts';
import { config, CONTACT_ID, LEAD_ID, salesforceChange } from '../fixtures.ts';

const [STATE, DETAIL] = ['Sellfire_Sync_State__c', 'Sellfire_Sync_Detail__c'] as const;
const base = config();
const fields = [...Object.values(base.objects['Lead']?.fields ?? {}), salesforceField(STATE), salesforceField(DETAIL)];
const withStates: SyncConfig = { ...base, objects: { ...base.objects, Lead: salesforceObject('Lead', fields) } };

const left: Link = {
  ...{ leadId: 'lead_1', revision: 3, fields: {}, record: { object: 'Contact', id: CONTACT_ID } },
  left: [LEAD_ID],
};
const undeleted = (more: SalesforceChange['fields'] = {}): SalesforceChange =>
  salesforceChange('undelete', 5_000, { Sellfire_Lead_Id__c: 'lead_1', [STATE]: 'InSync', ...more });

function writesOf(change: SalesforceChange, link: Link): Write[] {
  const decision = decide({ changes: [change], link, config: withStates, found: nothingFound(), maybeApplied: false });
  if ('needs' in decision) throw new Error(`needs ${JSON.stringify(decision.needs)}`);
  expect(decision.plan.link).toEqual(link);
  return decision.plan.writes;
}

describe('a Lead that comes back from the recycle bin after its lead went on with a Contact', () => {
  it('names the Contact, and no longer says that it is in step', () => {
    expect(writesOf(undeleted(), left)).toEqual([
      expect.objectContaining({
        ...{ kind: 'updateInSalesforce', object: 'Lead', id: LEAD_ID },
        fields: { [DETAIL]: expect.stringMatching(`^MOVED: ${CONTACT_ID} `), [STATE]: null },
      }),
    ]);
  });

  it('is left alone where it is converted, or where the link has ended', () => {
    expect(writesOf(undeleted({ IsConverted: true }), left)).toEqual([]);
    const ended: Link = { ...left, ended: { by: 'sellfire', at: 1 } };
    expect(writesOf(undeleted(), ended)).toEqual([]);
  });
});
