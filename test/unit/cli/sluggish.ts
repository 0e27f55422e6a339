// A service that takes its time, run as the bridge is: what it does about signals is seen from outside.
// Arguments: ms to start, ms to stop, seconds that a stop may take.
import { setTimeout as sleep } from 'node:timers/promises';
import { runUntilStopped } from '../../../bridge/commands/run.ts';

const [startMs = 0, stopMs = 0, shutdownSeconds = 5] = process.argv.slice(2).map(Number);
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const work = setInterval(() => {}, 1_000);
say('starting');
const code = await runUntilStopped({
  shutdownSeconds,
  start: async () => {
    await sleep(startMs);
    say('started');
    return {
      async stop() {
        say('stopping');
        await sleep(stopMs);
        say('stopped');
        clearInterval(work);
      },
    };
  },
});
process.exit(code);
