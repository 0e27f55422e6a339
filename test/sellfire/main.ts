// Starts the local Sellfire and prints one JSON line with all that a client needs: {url, apiKey, console}.
import { Command, InvalidArgumentError } from 'commander';
import { startSellfire } from './sellfire.ts';

const wholeNumber = (text: string): number => {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('A whole number is expected.');
  return Number(text);
};

const program = new Command('sellfire')
  .description('The local Sellfire: API, webhooks and a console, on this machine only.')
  .option('--port <number>', 'the port; 0 is any free one', wholeNumber, 0)
  .option('--leads <number>', 'how many businesses are there from the start', wholeNumber, 300)
  .option('--seed <number>', 'the same seed, the same businesses', wholeNumber, 1)
  .option('--api-key <key>', 'the API key; a random one unless given')
  .parse();
const options = program.opts<{ port: number; leads: number; seed: number; apiKey?: string }>();

const sellfire = await startSellfire(options);
process.stdout.write(`${JSON.stringify({ url: sellfire.url, apiKey: sellfire.apiKey, console: sellfire.console })}\n`);
const stop = () => {
  process.off('SIGTERM', stop);
  process.off('SIGINT', stop);
  void sellfire.close();
};
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
