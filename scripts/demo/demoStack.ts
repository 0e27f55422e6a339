// The stack of the demo: a local Salesforce org, a local Sellfire and the bridge between them, with a sensible set of fields
// mapped, and a mail server that takes what the bridge sends to people. What was in the org before the bridge came is here too.
import { mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import pino from 'pino';
import { createSellfire, type Sellfire } from '../../bridge/sellfire/client.ts';
import { startMailCatcher, type CaughtMail } from '../../test/helpers/mail.ts';
import { mapFields } from '../../test/helpers/mappings.ts';
import { startStack, type Stack } from '../../test/helpers/stack.ts';
import { prepareDeals, SWITCHES } from './sales.ts';
import { Salesforce } from './salesforce.ts';
import type { StopSignal } from './stopSignal.ts';

export interface DemoStackOptions {
  /** Businesses that are in Sellfire from the start. */
  leads: number;
  namespace?: string | undefined;
  /** Where the bridge's log goes; what was in it is gone. */
  logFile: string;
  /** Called with each thing that is ready. */
  progress: (what: string) => void;
}

/** A Contact that stood in the org before the bridge was connected: no Sellfire lead was made of it. */
/** Of the org: its businesses are in Texas. */
export const TIME_ZONE = 'America/Chicago';
export const EARLIER_CONTACT = { FirstName: 'Nora', LastName: 'Whitfield', Phone: '(512) 555-9900' } as const;

export interface DemoStack {
  readonly stack: Stack;
  readonly salesforce: Salesforce;
  /** Over the API of the contract, with the API key. */
  readonly sellfire: Sellfire;
  readonly earlierContact: string;
  /** What the bridge has sent to people, in its order. */
  readonly mails: readonly CaughtMail[];
  /** The bridge first, so that it finishes what is under way. */
  close(): Promise<void>;
  /** The bridge is killed, and nothing is waited for. */
  drop(): void;
}

/** @throws when a part does not start, or AbortError when it is stopped before; nothing runs on then */
export async function openDemoStack(options: DemoStackOptions, signal: StopSignal): Promise<DemoStack> {
  const { leads, namespace, logFile, progress } = options;
  mkdirSync(dirname(logFile), { recursive: true });
  rmSync(logFile, { force: true });
  const catcher = await startMailCatcher();
  const env = { SMTP_URL: catcher.url, MAIL_FROM: 'Sellfire <sync@sellfire.example>' };
  const stack = await startStack({ leads, logFile, env, ...(namespace ? { namespace } : {}) });
  const { bridge } = stack;
  const stopped = (): void => void bridge.kill();
  signal.signal.addEventListener('abort', stopped, { once: true });
  const sellfire = createSellfire({
    url: stack.sellfire.url,
    apiKey: stack.sellfire.apiKey,
    logger: pino({ enabled: false }),
  });
  try {
    signal.signal.throwIfAborted();
    progress(`a Salesforce org with the package deployed, and a Sellfire with ${leads} businesses`);
    const { org } = stack.org;
    org.tables.update(org.schema.object('Organization'), org.id, { TimeZoneSidKey: TIME_ZONE });
    const salesforce = new Salesforce(stack.admin, stack.prefix);
    const mapped = (await mapFields(stack.admin, stack.prefix)) + (await prepareDeals(stack, salesforce));
    await salesforce.create('Sync_Settings__c', {
      Name: 'Sellfire',
      Create_In_Salesforce__c: true,
      Update_In_Salesforce__c: true,
      Create_In_Sellfire__c: true,
      Update_In_Sellfire__c: true,
      ...SWITCHES,
    });
    const earlierContact = await salesforce.create('Contact', EARLIER_CONTACT);
    progress(`${mapped} fields mapped`);
    signal.signal.throwIfAborted();
    await bridge.start();
    progress('the bridge, connected to both');
    return {
      stack,
      salesforce,
      sellfire,
      earlierContact,
      mails: catcher.mails,
      async close() {
        await bridge.stop();
        await Promise.all([sellfire.close(), stack.stop(), catcher.close()]);
      },
      drop: () => void bridge.kill(),
    };
  } catch (error) {
    await Promise.all([sellfire.close(), stack.stop(), catcher.close()]);
    signal.signal.throwIfAborted();
    throw error;
  } finally {
    signal.signal.removeEventListener('abort', stopped);
  }
}
