// Updates, both ways (M5, M10), and one field edited on both sides at once (I12).
import { setImmediate } from 'node:timers/promises';
import { shows } from './expect.ts';
import type { Pair, StepContext, Step } from './stepContext.ts';

export const updatedInSalesforce: Step = {
  id: '3',
  title: 'In Salesforce a Title is set, a Company changed, a City cleared',
  async play(context) {
    const { name, recordId, leadId } = await context.pair({ City: 'Waco' });
    await context.salesforce.update('Lead', recordId, { Title: 'Chief', Company: `${name} LLC`, City: null });
    await shows('The Sellfire lead', () => context.leadFields(leadId), {
      title: 'Chief',
      business_name: `${name} LLC`,
      city: null,
    });
    await context.reported('the update', { leadId }, ({ direction, changes }) => {
      const city = changes.find(({ field }) => field === 'city');
      return direction === 'ToSellfire' && city?.before === 'Waco' && city.after === null;
    });
    return 'All three in Sellfire; the report has "Waco" as the City before';
  },
};

export const updatedInSellfire: Step = {
  id: '4',
  title: 'In Sellfire a title, an e-mail and notes are set',
  async play(context) {
    const { recordId, leadId } = await context.pair({ Title: 'Clerk' });
    context.desk.editLead(leadId, { title: 'Director', email: 'office@example.com', notes: 'Prefers mornings.' });
    await shows('The Lead in Salesforce', () => context.record(recordId), {
      Title: 'Director',
      Email: 'office@example.com',
      Description: 'Prefers mornings.',
    });
    await context.reported('the update', { leadId }, ({ direction, changes }) => {
      const title = changes.find(({ field }) => field === 'Title');
      return direction === 'ToSalesforce' && title?.before === 'Clerk' && title.after === 'Director';
    });
    return 'All three in Salesforce; the report has "Clerk" as the Title before';
  },
};

/** A tie of the two clocks goes to Salesforce (B9). */
async function nextMillisecond(): Promise<void> {
  for (const now = Date.now(); Date.now() === now;) await setImmediate();
}

/** Both edits are made before either reaches the other side: Sellfire's webhooks wait meanwhile. */
async function editBoth(
  context: StepContext,
  first: 'Salesforce' | 'Sellfire',
): Promise<{ pair: Pair; later: string; loser: string }> {
  const pair = await context.pair({ Title: 'Before' });
  const inSellfire = (title: string) => context.desk.editLead(pair.leadId, { title });
  const inSalesforce = (Title: string) => context.salesforce.update('Lead', pair.recordId, { Title });
  await context.webhooks({ paused: true });
  try {
    if (first === 'Sellfire') {
      inSellfire('The rep’s');
      await inSalesforce('The manager’s');
    } else {
      await inSalesforce('The manager’s');
      await nextMillisecond();
      inSellfire('The rep’s');
    }
  } finally {
    await context.webhooks({ paused: false });
  }
  return first === 'Sellfire'
    ? { pair, later: 'The manager’s', loser: 'The rep’s' }
    : { pair, later: 'The rep’s', loser: 'The manager’s' };
}

const both = (id: string, first: 'Salesforce' | 'Sellfire', second: string): Step => ({
  id,
  title: `The same Title is edited on both sides at once, in ${second} a moment later`,
  async play(context) {
    const { pair, later, loser } = await editBoth(context, first);
    const { recordId, leadId } = pair;
    await context.reported(`the value that lost, "${loser}"`, { leadId }, ({ changes }) =>
      changes.some(({ before, after }) => before === loser || (after === loser && later !== loser)),
    );
    await shows('The Sellfire lead', () => context.leadFields(leadId), { title: later });
    await shows('The Lead in Salesforce', () => context.record(recordId), { Title: later });
    return `Both hold "${later}"; "${loser}" stands in the report`;
  },
});

export const laterInSalesforce = both('5', 'Sellfire', 'Salesforce');
export const laterInSellfire = both('5b', 'Salesforce', 'Sellfire');
