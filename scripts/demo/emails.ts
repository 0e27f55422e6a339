// Tells the letters that the bridge sends to people, in one line each: the mail server of the demo takes them all.
import type { DemoStack } from './demoStack.ts';
import { paint, plain, say } from './terminal.ts';

/** How often it is looked whether there is a new one; nothing tells. */
const LOOK_MS = 250;

/** @returns how to end it */
export function printEmails({ mails }: DemoStack): () => void {
  let told = mails.length;
  const look = setInterval(() => {
    for (const { recipients, subject } of mails.slice(told))
      say(
        [
          paint('dim', new Date().toTimeString().slice(0, 8)),
          `mail to ${plain(recipients.join(', '))}`,
          plain(subject),
        ].join('  '),
      );
    told = mails.length;
  }, LOOK_MS).unref();
  return () => clearInterval(look);
}
