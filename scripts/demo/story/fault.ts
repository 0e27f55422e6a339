// Bad days: the bridge killed in the middle of a burst, and webhooks that come again.
import { finds, same, shows } from './expect.ts';
import { Burst, WAVE } from './burst.ts';
import type { Step } from './stepContext.ts';

/** Enough that the bridge is in the middle of it. */
const BURST = 40;
/** After a start both sides are looked at before anything is written again; a busy machine takes its time to start, too. */
const RECOVERY_MS = 20_000;
/** How often a delivery is sent again. */
const REPEATS = 3;
/** How many differences the error names when the two sides do not agree. */
const NAMED_DIFFERENCES = 3;

export const killed: Step = {
  id: '11',
  title: `The bridge is killed with -9 in a burst of ${BURST} leads made and edited on both sides, and started again`,
  async play(context) {
    const since = await context.lastEvent();
    const burst = new Burst(context, BURST);
    // The last wave comes when the bridge is gone, so that something is interrupted however quick it is.
    const early = burst.make(0, BURST - WAVE);
    await finds('The first of the burst', async () => ((await burst.across()) > 0 ? true : undefined));
    await context.stack.bridge.kill();
    await early;
    await burst.make(BURST - WAVE, BURST);
    const before = await burst.across();
    await burst.edit();
    await context.stack.bridge.start();
    let left: string[] = [];
    await finds(
      'Agreement of both sides',
      async () => ((left = await burst.differences()).length === 0 ? true : undefined),
      RECOVERY_MS,
    ).catch((error: Error) => {
      throw new Error(`${error.message} ${left.length} differences: ${left.slice(0, NAMED_DIFFERENCES).join('; ')}`, {
        cause: error,
      });
    });
    const [inSalesforce, inSellfire] = await Promise.all([context.recordsByPhone(), context.leadsMadeByPhone(since)]);
    same('Records a phone in Salesforce', burst.countsOf(inSalesforce), { 1: BURST });
    same('Leads a phone in Sellfire', burst.countsOf(inSellfire), { 1: BURST });
    return `${before} of ${BURST} were across at the kill; now all, with their edits, once on each side and linked`;
  },
};

export const repeated: Step = {
  id: '12',
  title: `Sellfire sends the webhook of a change ${1 + REPEATS} times`,
  async play(context) {
    const { recordId, leadId } = await context.pair();
    const since = await context.lastEvent();
    await context.webhooks({ repeat: REPEATS });
    try {
      context.desk.editLead(leadId, { title: 'Sent often' });
      const sequence = await context.lastEvent();
      await finds(`${1 + REPEATS} deliveries of one event`, async () => {
        const taken = (await context.webhooks()).filter(
          ({ sequences, status }) => sequences.includes(sequence) && status !== null && status < 300,
        );
        return taken.length === 1 + REPEATS ? true : undefined;
      });
    } finally {
      await context.webhooks({ repeat: 0 });
    }
    await shows('The Lead in Salesforce', () => context.record(recordId), { Title: 'Sent often' });
    // A later change of the same lead that is across shows that all before it was worked on.
    context.desk.editLead(leadId, { email: 'after@example.com' });
    await shows('The Lead in Salesforce', () => context.record(recordId), {
      Email: 'after@example.com',
      Title: 'Sent often',
    });
    await context.reported('the later change', { leadId }, ({ changes }) =>
      changes.some(({ field }) => field === 'Email'),
    );
    const rows = (await context.reports({ leadId })).filter(({ changes }) =>
      changes.some(({ field }) => field === 'Title'),
    );
    same('Reports of the change', rows.length, 1);
    same(
      'Events of the lead in Sellfire',
      (await context.eventsSince(since)).filter(({ lead_id }) => lead_id === leadId).map(({ actor }) => actor.kind),
      ['rep', 'rep'],
    );
    return 'Taken each time, worked on once: one write, one report, no event in Sellfire but the two edits';
  },
};

export const unknown: Step = {
  id: '23',
  title: 'Sellfire sends an event of a later version and one that is half there, and then an edit of another lead',
  async play(context) {
    const [{ recordId, leadId }, other] = [await context.pair(), await context.pair()];
    const { feed } = context.stack.sellfire.dialer;
    const stop = feed.onAppend(() => {
      const event = feed.after(feed.lastSequence - 1)[0] as object;
      Object.assign(event, { type: 'lead.renumbered', changes: { title: { from: null, to: { text: 'none' } } } });
    });
    context.desk.editLead(leadId, { title: 'Of a later version' });
    stop();
    const half = feed.onAppend(() =>
      Object.assign(feed.after(feed.lastSequence - 1)[0] as object, { lead: { id: leadId } }),
    );
    context.desk.editLead(leadId, { email: 'half@example.com' });
    half();
    context.desk.editLead(other.leadId, { title: 'Goes on' });
    await shows('The other Lead in Salesforce', () => context.record(other.recordId), { Title: 'Goes on' });
    await shows('The Lead in Salesforce', () => context.record(recordId), {
      Email: 'half@example.com',
      Title: 'Of a later version',
    });
    const { code } = await context.reported(
      'the event that is half there',
      { leadId },
      ({ outcome }) => outcome === 'Failed',
    );
    return `Set aside (${code}) and read again; nobody waits behind them`;
  },
};
