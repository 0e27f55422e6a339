// A lead that was made of a record says in its answer what Sellfire has set of it by itself: the record gets that with the id of the lead,
// in one write (I11), and the event of the creation finds it done.
import { describe, expect, it } from '@jest/globals';
import type { Fault } from '../../../../bridge/model/fault.ts';
import type { Link } from '../../../../bridge/model/link.ts';
import type { Found, Outcome, Write } from '../../../../bridge/model/plan.ts';
import { nothingFound } from '../../../../bridge/sync/turn/lookups.ts';
import { settle } from '../../../../bridge/sync/settle.ts';
import { linkOf, PHONE, plan } from '../decideLead.ts';
import { config, created, lead, LEAD_ID, mapping, salesforceChange, SOMEBODY, USUAL } from '../fixtures.ts';

const { names } = config();
const ids = { lead_id: LEAD_ID, contact_id: null, account_id: null };
const made = lead('lead_1', { primary_phone_number: PHONE, last_name: 'Stone' }, { salesforce: ids });
const record = { Phone: PHONE, LastName: 'Stone', Company: 'Acme' };
const refused: Fault = { class: 'record', code: 'RULE', message: 'Never.', fields: [], unknownOutcome: false };

/** Settles the creation of the lead. */
function create(rules = config(), maybeApplied = false) {
  const found: Found = {
    ...nothingFound(),
    sellfireByPhone: new Map([[PHONE, null]]),
    sellfireByRecord: new Map([[LEAD_ID, null]]),
  };
  const asked = plan([salesforceChange('create', 1_000, record)], { found, config: rules });
  const [write] = asked.writes as [Write];
  return settle(rules, asked.link, [{ ok: true, write, lead: made }], 1_000, maybeApplied);
}
const outcome = (write: Write): Outcome => ({ ok: true, write, id: LEAD_ID });
const echo = (link: Link, rules = config()) => plan([created(made, 1_000, 'api')], { link, config: rules });

describe('a lead that was made of a record', () => {
  it('is named on the record in one write with the phase that Sellfire gave it, and its own event adds nothing', () => {
    const { writes, link } = create();
    const fields = { [names.leadId]: 'lead_1', [names.phase]: 'ColdCallCold' };
    expect(writes).toMatchObject([{ kind: 'updateInSalesforce', id: LEAD_ID, fields }]);
    const done = settle(config(), link, writes.map(outcome), 1_000);
    expect(done).toMatchObject({ writes: [], reports: [{ outcome: 'Success', event: 'LeadUpdated' }] });
    expect(echo(linkOf(done))).toMatchObject({ writes: [], reports: [] });
  });

  it('is known to have had its values when the number was entered that makes it, and to have got them at some time before', () => {
    const read = { createdAt: 0, at: 5_000, user: SOMEBODY, fields: { ...record, [names.leadId]: null } };
    const found: Found = {
      ...nothingFound(),
      sellfireByPhone: new Map([[PHONE, null]]),
      sellfireByRecord: new Map([[LEAD_ID, null]]),
      records: new Map([[LEAD_ID, read]]),
    };
    const { writes } = plan([salesforceChange('update', 5_000, { Phone: PHONE })], { found });
    const [write] = writes as [Write];
    const { link } = settle(config(), undefined, [{ ok: true, write, lead: made }], 5_000);
    const { register, replicas } = linkOf({ link }).fields['last_name'] ?? {};
    expect(register).toMatchObject({ value: 'Stone', at: 0, by: 'salesforce' });
    expect(replicas?.['Lead.LastName']).toMatchObject({ lastKnown: 'Stone', at: 5_000 });
  });

  it('gets its phase by its event after an attempt of unknown outcome, whose answer may be that to an earlier request', () => {
    const { writes, link } = create(config(), true);
    expect(writes).toMatchObject([{ fields: { [names.leadId]: 'lead_1' } }]);
    expect(Object.keys(writes[0] && 'fields' in writes[0] ? writes[0].fields : {})).toEqual([names.leadId]);
    expect(echo(linkOf({ link })).writes).toMatchObject([{ fields: { [names.phase]: 'ColdCallCold' } }]);
  });

  it('is named on the record also where the rule lets no phase through, or Salesforce refuses the phase', () => {
    const notUs = config([...USUAL.filter(({ sellfireField }) => sellfireField !== 'phase')]);
    const oneWay = config([...notUs.mappings, mapping('phase', `Lead.${names.phase}`, 'SalesforceUnlessBlank')]);
    for (const rules of [notUs, oneWay])
      expect(create(rules).writes).toMatchObject([{ fields: { [names.leadId]: 'lead_1' }, deliveries: [] }]);
    const { writes, link } = create();
    const [write] = writes as [Write];
    const after = settle(config(), link, [{ ok: false, write, fault: refused }], 1_000);
    expect(after.reports).toMatchObject([{ outcome: 'Failed', changes: [{ field: names.phase }] }]);
    expect(after.writes).toMatchObject([{ fields: { [names.leadId]: 'lead_1' }, deliveries: [] }]);
  });
});
