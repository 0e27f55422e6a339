// Bad days: the bridge killed in the middle of a burst, and webhooks that come again.
import { finds, same, shows } from './expect.ts';
import { Burst, WAVE } from './burst.ts';
import type { Step } from './scene.ts';

/** Enough that the bridge is in the middle of it. */
const BURST = 40;
/** After a start both sides are looked at before anything is written again; a busy machine takes its time to start, too. */
const RECOVERY_MS = 20_000;
/** How often a delivery is sent again. */
const REPEATS = 3;
/** Differences that are told when the two sides do not agree. */
const TOLD = 3;

export const killed: Step = {
  id: '11',
  title: `The bridge is killed with -9 in a burst of ${BURST} leads made and edited on both sides, and started again`,
  async play(scene) {
    const since = await scene.lastEvent();
    const burst = new Burst(scene, BURST);
    // The last wave comes when the bridge is gone, so that something is interrupted however quick it is.
    const early = burst.make(0, BURST - WAVE);
    await finds('The first of the burst', async () => ((await burst.across()) > 0 ? true : undefined));
    await scene.stack.bridge.kill();
    await early;
    await burst.make(BURST - WAVE, BURST);
    const before = await burst.across();
    await burst.edit();
    await scene.stack.bridge.start();
    let left: string[] = [];
    await finds(
      'Agreement of both sides',
      async () => ((left = await burst.differences()).length === 0 ? true : undefined),
      RECOVERY_MS,
    ).catch((error: Error) => {
      throw new Error(`${error.message} ${left.length} differences: ${left.slice(0, TOLD).join('; ')}`, {
        cause: error,
      });
    });
    const [inSalesforce, inSellfire] = await Promise.all([scene.recordsByPhone(), scene.leadsMadeByPhone(since)]);
    same('Records a phone in Salesforce', burst.tally(inSalesforce), { 1: BURST });
    same('Leads a phone in Sellfire', burst.tally(inSellfire), { 1: BURST });
    return `${before} of ${BURST} were across at the kill; now all, with their edits, once on each side and linked`;
  },
};

export const repeated: Step = {
  id: '12',
  title: `Sellfire sends the webhook of a change ${1 + REPEATS} times`,
  async play(scene) {
    const { recordId, leadId } = await scene.pair();
    const since = await scene.lastEvent();
    await scene.webhooks({ repeat: REPEATS });
    try {
      scene.desk.editLead(leadId, { title: 'Told often' });
      const sequence = await scene.lastEvent();
      await finds(`${1 + REPEATS} deliveries of one event`, async () => {
        const taken = (await scene.webhooks()).filter(
          ({ sequences, status }) => sequences.includes(sequence) && status !== null && status < 300,
        );
        return taken.length === 1 + REPEATS ? true : undefined;
      });
    } finally {
      await scene.webhooks({ repeat: 0 });
    }
    await shows('The Lead in Salesforce', () => scene.record(recordId), { Title: 'Told often' });
    // A later change of the same lead that is across shows that all before it was worked on.
    scene.desk.editLead(leadId, { email: 'after@example.com' });
    await shows('The Lead in Salesforce', () => scene.record(recordId), {
      Email: 'after@example.com',
      Title: 'Told often',
    });
    await scene.reported('the later change', { leadId }, ({ changes }) =>
      changes.some(({ field }) => field === 'Email'),
    );
    const told = (await scene.reports({ leadId })).filter(({ changes }) =>
      changes.some(({ field }) => field === 'Title'),
    );
    same('Reports of the change', told.length, 1);
    same(
      'Events of the lead in Sellfire',
      (await scene.eventsSince(since)).map(({ actor }) => actor.kind),
      ['rep', 'rep'],
    );
    return 'Taken each time, worked on once: one write, one report, no event in Sellfire but the two edits';
  },
};
