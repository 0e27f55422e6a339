// A write that fails says who refused it: an alert that the mail server does not take is no fault of Sellfire's.
import { expect, it } from '@jest/globals';
import { execute, type Peers } from '../../../bridge/jobs/execute.ts';
import { PeerError, type Fault, type Peer } from '../../../bridge/model/fault.ts';
import type { Write } from '../../../bridge/model/plan.ts';
import { config } from '../sync/fixtures.ts';

const ATTEMPT = { id: 'attempt', link: undefined };
const ALERT: Write = { kind: 'alert', alert: 'owner_refused', subject: 's', body: 'b', leadId: 'l', key: 'k' };

it.each<Peer>(['mail', 'sellfire'])('an alert that fails by a fault of %s says so', async (peer) => {
  const fault: Fault = { class: 'retry', code: 'AWAY', message: 'm', fields: [], unknownOutcome: false };
  const sellfire = { alert: async () => Promise.reject(new PeerError(peer, fault)) } as unknown as Peers['sellfire'];
  const peers: Peers = { salesforce: {} as Peers['salesforce'], sellfire };
  expect(await execute([ALERT], config(), peers, ATTEMPT)).toMatchObject({ outcomes: [{ ok: false, peer, fault }] });
});

it('a write that fails is reported once the others have ended, and with what became of them', async () => {
  const fault: Fault = { class: 'retry', code: 'AWAY', message: 'm', fields: [], unknownOutcome: true };
  let hasArrived = false;
  const updateLead = async (): Promise<never> => Promise.reject(new PeerError('sellfire', fault));
  const update = async (): Promise<{ ok: true; id: string; created: boolean }> => {
    await new Promise(setImmediate);
    hasArrived = true;
    return { ok: true, id: '00Q000000000001EAA', created: false };
  };
  const peers = { salesforce: { update }, sellfire: { updateLead } } as unknown as Peers;
  const writes: Write[] = [
    { kind: 'updateInSellfire', leadId: 'l', fields: {}, deliveries: [] },
    { kind: 'updateInSalesforce', object: 'Lead', id: '00Q000000000001EAA', fields: {}, deliveries: [] },
  ];
  expect(await execute(writes, config(), peers, ATTEMPT)).toMatchObject({
    failures: [{ fault }],
    outcomes: [{ ok: true, write: { kind: 'updateInSalesforce' } }],
  });
  expect(hasArrived).toBe(true);
});
