// The demo that runs until it is stopped: it says where to look and how to try, and then tells what travels.
import { DATA_FOLDER, openDoor } from './door.ts';
import { tellLetters } from './letters.ts';
import { openStage, type Stage } from './stage.ts';
import { orStopped, type StopWish } from './stopWish.ts';
import { paint, say } from './terminal.ts';
import { tellTravels } from './travels.ts';

export interface LiveOptions {
  leads: number;
  namespace?: string | undefined;
  progress: (what: string) => void;
  /** Told of the stage, so that it can be dropped. */
  opened: (stage: Stage) => void;
}

const LOG_FILE = `${DATA_FOLDER}demo.log`;

/** @returns the exit code. @throws when it does not start */
export async function runLive({ opened, ...options }: LiveOptions, wish: StopWish): Promise<number> {
  const stage = await openStage({ ...options, logFile: LOG_FILE }, wish);
  opened(stage);
  const { org } = stage.stack;
  const { username } = org.users.admin;
  const closeDoor = openDoor({
    restUrl: org.restUrl,
    clientId: org.clientId,
    keyFile: org.keyFile,
    username,
    prefix: stage.stack.prefix,
  });
  let endTelling: (() => Promise<void>) | undefined;
  const endLetters = tellLetters(stage);
  try {
    endTelling = await orStopped(tellTravels(stage), wish);
    say(whereToLook(stage));
    const by = await wish.asked;
    say(`\n${paint('dim', `${by}: stopping …`)}`);
  } finally {
    closeDoor();
    endLetters();
    await endTelling?.();
    await stage.close();
  }
  say('Everything has stopped.');
  return 0;
}

function whereToLook({ stack }: Stage): string {
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
    `${title('Bridge')}  ${paint('underline', `${bridge.url}/health/ready`)}   ${paint('underline', `${bridge.url}/metrics`)}`,
    `             Its log: ${LOG_FILE}`,
    '',
    `${title('Try')}  In another terminal, as the administrator of Salesforce:`,
    command('npm run demo -- lead "Acme Bakery"'),
    command('npm run demo -- change <id of the Lead> Title=Owner City=Austin'),
    '             Then edit the same lead in the Sellfire console. Set its phase to HeldPhase in Salesforce, which may',
    `             not do that: ${paint('cyan', `npm run demo -- change <id> ${stack.prefix}Phase__c=HeldPhase`)}`,
    '',
    paint('dim', 'What travels is told below. Ctrl-C stops everything.'),
    '',
  ].join('\n');
}
