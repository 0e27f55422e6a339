// The demo that runs until it is stopped: it says where to look and how to try, and then prints the changes that the bridge carries.
import { DATA_FOLDER, writeConnectionFile } from './connectionFile.ts';
import { printEmails } from './emails.ts';
import { openDemoStack, type DemoStack } from './demoStack.ts';
import { orStopped, type StopSignal } from './stopSignal.ts';
import { paint, say } from './terminal.ts';
import { printReports } from './changes.ts';
import { entrance } from '../../test/salesforce/lightning/router.ts';

export interface LiveOptions {
  leads: number;
  namespace?: string | undefined;
  progress: (what: string) => void;
  /** Called with the stack, so that it can be closed. */
  opened: (demoStack: DemoStack) => void;
}

const LOG_FILE = `${DATA_FOLDER}demo.log`;

/** @returns the exit code. @throws when it does not start */
export async function runLive({ opened, ...options }: LiveOptions, signal: StopSignal): Promise<number> {
  const demoStack = await openDemoStack({ ...options, logFile: LOG_FILE }, signal);
  opened(demoStack);
  const { org } = demoStack.stack;
  const { username } = org.users.admin;
  const closeDoor = writeConnectionFile({
    restUrl: org.restUrl,
    clientId: org.clientId,
    keyFile: org.keyFile,
    username,
    prefix: demoStack.stack.prefix,
  });
  let endReports: (() => Promise<void>) | undefined;
  const endEmails = printEmails(demoStack);
  try {
    endReports = await orStopped(printReports(demoStack), signal);
    say(whereToLook(demoStack));
    const by = await signal.asked;
    say(`\n${paint('dim', `${by}: stopping …`)}`);
  } finally {
    closeDoor();
    endEmails();
    await endReports?.();
    await demoStack.close();
  }
  say('Everything has stopped.');
  return 0;
}

function whereToLook({ stack }: DemoStack): string {
  const { org, sellfire, bridge } = stack;
  const { admin } = org.users;
  const title = (text: string): string => paint('bold', text.padEnd(11));
  const command = (text: string): string => `             ${paint('cyan', text)}`;
  return [
    '',
    `${title('Sellfire')}  ${paint('underline', sellfire.console)}`,
    '             Be the rep: pick a lead, edit it, log a call, set a demo, make a sale.',
    `${title('Salesforce')}  ${paint('underline', org.restUrl)}   ${admin.username}, password ${admin.password}`,
    command(`npx sf org login jwt -a demo -r ${org.restUrl} -i ${org.clientId} -f ${org.keyFile} -o ${admin.username}`),
    command(`curl -H "Authorization: Bearer $(npm -s run demo -- token)" ${org.restUrl}/services/data/v67.0/limits`),
    `             The pages of the package: ${paint('underline', entrance(org.restUrl))}`,
    `${title('Bridge')}  ${paint('underline', `${bridge.url}/health/ready`)}   ${paint('underline', `${bridge.url}/metrics`)}`,
    `             Its log: ${LOG_FILE}`,
    '',
    `${title('Try')}  In another terminal, as the administrator of Salesforce:`,
    command('npm run demo -- lead "Acme Bakery"'),
    command('npm run demo -- change <id of the Lead> Title=Owner City=Austin'),
    '             Then edit the same lead in the Sellfire console. Set its phase to HeldPhase in Salesforce, which may',
    `             not do that: ${paint('cyan', `npm run demo -- change <id> ${stack.prefix}Phase__c=HeldPhase`)}`,
    '',
    paint('dim', 'The changes follow below. Ctrl-C stops everything.'),
    '',
  ].join('\n');
}
