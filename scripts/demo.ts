// The demo: a local Salesforce org, a local Sellfire and the bridge between them, for a person to try, or for a scripted story
// that checks itself. What it needs is loaded after its first words, because loading takes a moment.
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import type { DemoStack } from './demo/demoStack.ts';
import { listenForStop } from './demo/stopSignal.ts';
import { paint, say } from './demo/terminal.ts';

/** Enough to scroll through, and seeded in a blink. */
const LEADS = 300;

const count = (text: string): number => {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError('A whole number is expected.');
  return Number(text);
};
const namespace = (text: string): string => {
  if (!/^[a-z]\w{0,14}$/i.test(text)) throw new InvalidArgumentError('A namespace has 1 to 15 letters and digits.');
  return text;
};

interface Options {
  once?: true;
  leads: number;
  namespace?: string;
}

/** @returns the exit code */
async function run({ once, ...options }: Options): Promise<number> {
  const began = performance.now();
  let demoStack: DemoStack | undefined;
  const signal = listenForStop(() => demoStack?.drop());
  const progress = (what: string): void =>
    say(paint('dim', `${((performance.now() - began) / 1000).toFixed(1).padStart(6)} s  ${what}`));
  say('Starting Salesforce, Sellfire and the bridge on this machine …');
  const given = { ...options, progress, opened: (opened: DemoStack) => void (demoStack = opened) };
  try {
    if (once) return await (await import('./demo/once.ts')).playOnce({ ...given, began }, signal);
    return await (await import('./demo/live.ts')).runLive(given, signal);
  } catch (error) {
    if (!signal.signal.aborted) throw error;
    say('Everything has stopped.');
    return once ? 1 : 0;
  }
}

const program = new Command('demo')
  .description('A Salesforce org, a Sellfire and the bridge between them, all on this machine.')
  .option('--once', 'play a story that checks each step in both systems, and exit 0 only if all hold')
  .option('--leads <number>', 'how many businesses are in Sellfire from the start', count, LEADS)
  .option('--namespace <prefix>', 'install the package managed, under this namespace', namespace)
  .addHelpText('after', '\nThe commands are for another terminal, while the demo runs; call them by: npm run demo -- …')
  .exitOverride()
  .action(async (options: Options) => {
    process.exitCode = await run(options);
  });
program
  .command('lead')
  .description('create a Lead in Salesforce')
  .argument('[company]', 'its name', 'Acme Bakery')
  .option('--last-name <name>', 'the last name of whom to ask for', 'Baker')
  .option('--phone <number>', 'its phone number; a new one unless given')
  .action(async (company: string, options: { lastName: string; phone?: string }) => {
    await (await import('./demo/visitor.ts')).createLead({ company, ...options });
  });
program
  .command('change')
  .description('change fields of a Lead, Contact or Account in Salesforce')
  .argument('<id>', 'of the record')
  .argument('<assignments...>', 'Field=value, as many as wanted; nothing after the = makes the field blank')
  .action(async (id: string, assignments: string[]) => {
    await (await import('./demo/visitor.ts')).changeRecord(id, assignments);
  });
program
  .command('token')
  .description('print an access token of the administrator of Salesforce, for curl')
  .action(async () => {
    await (await import('./demo/visitor.ts')).printToken();
  });

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode;
  else {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
// Not left to an empty event loop: everything was stopped, and what still counts down has nothing to say.
process.exit();
