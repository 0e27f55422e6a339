// A service that starts and stops on request, run as the bridge is: what it does about signals is seen from outside.
// Argument: seconds that a stop may take. Lines of its input: `start` and `stop` let it go on, a number moves its clock by so many ms.
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { runUntilStopped } from '../../../bridge/commands/run.ts';

let time = 0;
const input = createInterface({ input: process.stdin });
const say = (line: string): void => void process.stdout.write(`${line}\n`);
input.on('line', (line) => {
  if (!/^\d+$/.test(line)) return void input.emit(line);
  time += Number(line);
  say(`at ${time}`);
});
const code = await runUntilStopped({
  shutdownSeconds: Number(process.argv[2]),
  now: () => time,
  start: async () => {
    // After the handler that is tested: what it did about the signal, it has done.
    for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => say(signal));
    say('starting');
    await once(input, 'start');
    say('started');
    return {
      async stop() {
        say('stopping');
        await once(input, 'stop');
        say('stopped');
      },
    };
  },
});
process.exit(code);
