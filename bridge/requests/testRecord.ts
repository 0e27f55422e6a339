// TestRecord: one lead makes the round trip from Sellfire to Salesforce and back, so that an admin sees that both
// directions work before a rep depends on them. The bridge may not delete in either system, so the test lead remains,
// retired, and is used again.
import { pause, systemTimer } from '../lib/timer.ts';
import { explain } from '../model/catalogue/catalogue.ts';
import { BridgeError } from '../model/fault.ts';
import type { Lead } from '../model/lead.ts';
import type { Link } from '../model/link.ts';
import { asMessage, say, type Message } from '../model/message.ts';
import { PHASE_FIELD, PRIMARY_PHONE } from '../model/mapping.ts';
import { REQUEST_PREFIX } from '../model/plan.ts';
import type { SyncConfig } from '../model/config.ts';
import { hasUndelivered } from '../sync/fields/drift.ts';
import { mappedFields, towardsSalesforce, towardsSellfire, type MappedField } from '../sync/mapping/rules.ts';
import { linkedObjects } from '../sync/turn/draft.ts';
import type { Handler, RequestContext, Run } from './request.ts';

interface Step extends Message {
  step: string;
  ok: boolean;
  ms: number;
}

/** Reserved for fiction (North American Numbering Plan, 555-0100 to 555-0199), so that a call reaches nobody. */
const PHONE = '+12025550143';
const NAME = 'Sellfire connection test';
const NAME_FIELD = 'business_name';
/** The time-out of a step, in ms. A change takes less than a second, unless the inbox is full or a peer is slow. */
const PATIENCE_MS = 30_000;
const POLL_MS = 250;

export const testRecord: Handler = async (run, context) => {
  const steps: Step[] = [];
  const word = `Round trip ${run.request.id.slice(-6)}`;
  let lead: Lead | undefined;
  /** No text field is mapped towards Sellfire, so that direction cannot be tested. */
  let isOneWay = false;
  try {
    lead = await timed(steps, 'createInSellfire', async () => {
      const made = await testLead(run, context);
      return { value: made, message: say('testInSellfire', { name: NAME, id: made.id }) };
    });
    const record = await timed(steps, 'arriveInSalesforce', async () => {
      const link = await until(
        run,
        context,
        () => context.store.linkOfLead(context.connection, lead?.id ?? ''),
        (one) => one?.record !== undefined && hasArrived(context.config(), one),
      );
      if (!link?.record) throw new BridgeError(explain('TEST_RECORD_STUCK.notInSalesforce'));
      return { value: link.record, message: say('testInSalesforce', link.record) };
    });
    const field = inboundField(context.config(), record.object);
    if (!field) isOneWay = true;
    else {
      await timed(steps, 'changeInSalesforce', async () => {
        const fields = { [field.salesforce.name]: word };
        const result = await context.peers.salesforce.update(record.object, record.id, fields);
        if (result.ok)
          return { value: undefined, message: say('testChanged', { field: field.salesforce.label, value: word }) };
        const { message } = result.fault;
        throw new BridgeError(explain('TEST_RECORD_STUCK.refused', { peer: 'Salesforce', message }));
      });
      await timed(steps, 'arriveInSellfire', async () => {
        const { name, label } = field.sellfire;
        const after = await until(
          run,
          context,
          () => context.sellfire.leadById(lead?.id ?? ''),
          (one) => one?.fields[name] === word,
        );
        if (after?.fields[name] !== word) throw new BridgeError(explain('TEST_RECORD_STUCK.notInSellfire'));
        return { value: undefined, message: say('testArrived', { field: label, value: word }) };
      });
    }
  } catch (error) {
    if (!(error instanceof BridgeError) || steps.at(-1)?.ok !== false) throw error;
  }
  const made = lead;
  if (made)
    await timed(steps, 'undo', async () => ({
      value: await retire(run, context, made),
      message: say('testRetired'),
    })).catch((error: unknown) => {
      // The error is in the list of steps, with its remedy.
      if (!(error instanceof BridgeError)) throw error;
    });
  const failed = steps.find(({ ok }) => !ok);
  const messages = failed
    ? [say('testEndedEarly'), { code: failed.code, args: failed.args, sentence: failed.sentence }]
    : [say(isOneWay ? 'testOneWay' : 'testPassed')];
  return { messages, data: { steps } };
};

/**
 * The lead of an earlier test, made active again, or a new one.
 * @throws BridgeError, PeerError
 */
async function testLead(run: Run, { sellfire }: RequestContext): Promise<Lead> {
  const fields = { [NAME_FIELD]: NAME, last_name: 'Test' };
  const existing = await sellfire.leadByPhone(PHONE);
  if (existing && existing.fields[NAME_FIELD] !== NAME && !String(existing.fields[NAME_FIELD]).startsWith('Round trip'))
    throw new BridgeError(explain('TEST_RECORD_STUCK.phoneTaken', { phone: PHONE }));
  const result = existing
    ? await sellfire.updateLead(keyOf(run, 'update'), existing.id, {
        fields: { ...fields, [PHASE_FIELD]: 'ColdCallCold' },
      })
    : await sellfire.createLead(keyOf(run, 'create'), { fields: { ...fields, [PRIMARY_PHONE]: PHONE } });
  if (result.ok) return result.lead;
  throw new BridgeError(explain('TEST_RECORD_STUCK.refused', { peer: 'Sellfire', message: result.fault.message }));
}

async function retire(run: Run, { sellfire }: RequestContext, lead: Lead): Promise<void> {
  const result = await sellfire.updateLead(keyOf(run, 'retire'), lead.id, { fields: { [PHASE_FIELD]: 'Retired' } });
  if (!result.ok) throw new BridgeError(explain('TEST_RECORD_STUCK.notRetired', { message: result.fault.message }));
}

/** No key of the bridge's own writes, so that the write counts as a rep's. */
const keyOf = ({ request }: Run, what: string): string =>
  `test-${REQUEST_PREFIX.replace(':', '')}-${request.id}-${what}`;

/**
 * Whether the record has what Sellfire was given, where the name is sent there. An earlier test's lead is linked already: a change in
 * Salesforce before that moment would be overwritten by it.
 */
function hasArrived(config: SyncConfig, link: Link): boolean {
  const sent = mappedFields(config, linkedObjects(link)).some(
    ({ sellfire, mapping }) => sellfire.name === NAME_FIELD && towardsSalesforce(mapping.rule),
  );
  if (!sent || !config.settings.updateInSalesforce) return true;
  return link.fields[NAME_FIELD]?.register?.value === NAME && !hasUndelivered(link);
}

/** A text field of the object that Salesforce may change in Sellfire. */
function inboundField(config: SyncConfig, object: string): MappedField | undefined {
  const able = mappedFields(config, [object]).filter(
    ({ mapping, sellfire, salesforce }) =>
      towardsSellfire(mapping.rule, 'any') &&
      sellfire.type === 'text' &&
      !sellfire.read_only &&
      salesforce.updateable &&
      salesforce.length >= 30,
  );
  return able.find(({ sellfire }) => sellfire.name === NAME_FIELD) ?? able[0];
}

/** @throws what the step throws, after it is added to the list */
async function timed<T>(steps: Step[], step: string, run: () => Promise<{ value: T; message: Message }>): Promise<T> {
  const began = performance.now();
  const ms = (): number => Math.round(performance.now() - began);
  try {
    const { value, message } = await run();
    steps.push({ step, ok: true, ms: ms(), ...message });
    return value;
  } catch (error) {
    const message = error instanceof BridgeError ? asMessage(error.explanation) : say('other', { text: String(error) });
    steps.push({ step, ok: false, ms: ms(), ...message });
    throw error;
  }
}

async function until<T>(
  { signal }: Run,
  { timer = systemTimer }: RequestContext,
  read: () => Promise<T>,
  isThere: (value: T) => boolean,
): Promise<T> {
  const deadline = timer.now() + PATIENCE_MS;
  for (;;) {
    const value = await read();
    if (isThere(value) || signal.aborted || timer.now() > deadline) return value;
    await pause(timer, POLL_MS, signal);
  }
}
