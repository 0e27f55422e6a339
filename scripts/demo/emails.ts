// Prints the e-mails that the bridge sends to people, in one line each: the mail server of the demo takes them all.
import type { DemoStack } from './demoStack.ts';
import { paint, plain, say } from './terminal.ts';

/** How often the list is read: the mail server has no event for a new one. */
const POLL_MS = 250;

/** @returns how to end it */
export function printEmails({ mails }: DemoStack): () => void {
  let printed = mails.length;
  const look = setInterval(() => {
    for (const { recipients, subject } of mails.slice(printed))
      say(
        [
          paint('dim', new Date().toTimeString().slice(0, 8)),
          `mail to ${plain(recipients.join(', '))}`,
          plain(subject),
        ].join('  '),
      );
    printed = mails.length;
  }, POLL_MS).unref();
  return () => clearInterval(look);
}
