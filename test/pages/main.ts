// Goes through the pages of the package in a real browser, from a new installation to leads that travel by themselves, and
// checks each step in both systems. Prints the steps and how long they took.
//   npm run e2e -- --pictures docs/images
import { Command } from 'commander';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { styleText } from 'node:util';
import { Workplace } from './workplace.ts';
import { CHAPTERS } from './story/story.ts';

const program = new Command('e2e')
  .option('--pictures <folder>', 'takes a picture of every page and state, in every size and theme')
  .parse();
const { pictures } = program.opts<{ pictures?: string }>();

/** The page at the moment of a failure. */
const FAILED = join(tmpdir(), 'e2e-failed.png');

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const seconds = (from: number): string => `${((performance.now() - from) / 1000).toFixed(1)} s`;

const begin = performance.now();
const at = await Workplace.open(pictures === undefined ? {} : { pictures });
try {
  for (const { name, steps } of CHAPTERS) {
    say(styleText('bold', name));
    for (const step of steps) {
      const from = performance.now();
      try {
        await step.run(at);
      } catch (error) {
        say(`  ✗ ${step.name}`);

        await at.admin.page.screenshot({ path: FAILED });
        say(`  The page as it was: ${FAILED}`);
        throw error;
      }
      say(`  ✓ ${step.name} (${seconds(from)})`);
    }
  }
  const { presses, characters } = at.admin.work;
  say(`${seconds(begin)}, ${presses} presses, ${characters} characters typed`);
  for (const [name, bytes] of at.pictures) if (pictures) say(`  ${name} ${bytes}`);
} finally {
  await at.close();
}
