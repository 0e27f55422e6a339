// Which fields an automation of the org may have put back in a write of the bridge (F29): only those of the write that the event is of.
import { describe, expect, it } from '@jest/globals';
import type { Link } from '../../../../bridge/model/link.ts';
import type { SalesforceFields } from '../../../../bridge/model/salesforce.ts';
import { revertedFields, revisionOfEvent } from '../../../../bridge/sync/fields/reverted.ts';
import { openDraft } from '../../../../bridge/sync/turn/draft.ts';
import { nothingFound } from '../../../../bridge/sync/turn/lookups.ts';
import { NEEDS_NO_EVENT } from '../../../../bridge/sync/values/inFlight.ts';
import { withReplica, emptyState } from '../../../../bridge/sync/values/register.ts';
import { config, LEAD_ID, salesforceChange, US } from '../fixtures.ts';

const link: Link = {
  leadId: 'lead_1',
  revision: 4,
  record: { object: 'Lead', id: LEAD_ID },
  fields: {
    business_name: {
      ...withReplica(emptyState(), 'Lead.Company', { inFlight: [{ value: 'Acme', revision: 3 }] }),
      register: { value: 'Acme', at: 4_000, by: 'sellfire', version: 2 },
    },
    phase: withReplica(emptyState(), 'Lead.Phase__c', {
      inFlight: [{ value: 'ColdCallCold', revision: NEEDS_NO_EVENT }],
    }),
  },
};
const put = (fields: SalesforceFields, at = 5_000, edited = 4_000): string[] => {
  const { business_name: name, ...others } = link.fields;
  const edit = { value: 'Acme', at: edited, by: 'sellfire', version: 2 } as const;
  const state = { ...emptyState(), ...name, register: edit };
  const draft = openDraft(config(), nothingFound(), { ...link, fields: { ...others, business_name: state } });
  const event = salesforceChange('update', at, fields, { user: US });
  return revertedFields(draft, event, revisionOfEvent(draft, event)).map(({ field }) => field.salesforce.name);
};

describe('an event of the bridge that does not name a field in flight', () => {
  it('may be of the only write in flight, in which the field was put back', () => {
    expect(put({ Title: 'Set by a flow' })).toEqual(['Company']);
  });

  it('is not where it is of an earlier write: of the lead id, or of a field that was not known before', () => {
    expect(put({ Sellfire_Lead_Id__c: 'lead_1' })).toEqual([]);
    expect(put({ Phase__c: 'ColdCallCold' })).toEqual([]);
  });

  it('may be of it whatever the clocks of the two systems show', () => {
    expect(put({ Title: 'Set by a flow' }, 41_000, 100_000)).toEqual(['Company']);
  });

  it('is not where it is older than the edit whose value was written, as that of an attempt of unknown outcome', () => {
    expect(put({ Title: 'Written before' }, 39_999, 100_000)).toEqual([]);
  });
});
