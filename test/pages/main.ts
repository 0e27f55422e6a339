// Goes through the pages of the package in a real browser, from a new installation to leads that travel by themselves, and
// checks each step in both systems. Prints the steps and how long they took.
//   npm run e2e -- --pictures /tmp/pages     every page and state, in every size and theme
//   npm run e2e -- --guide                   the pictures of docs/admin-guide.md anew
//   npm run e2e -- --chapter Steer           one chapter alone, on a sync that is set up without the pages
import { Command, Option } from 'commander';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { styleText } from 'node:util';
import type { Work } from './admin.ts';
import { Workplace, type WorkplaceOptions } from './workplace.ts';
import { ALONE, CHAPTERS } from './story/story.ts';

const program = new Command('e2e')
  .option('--pictures <folder>', 'takes a picture of every page and state, in every size and theme')
  .option('--guide', "takes the guide's pictures anew")
  .addOption(
    new Option('--chapter <name>', 'only this one, on a sync that runs already').choices(ALONE.map(({ name }) => name)),
  )
  .parse();
const options = program.opts<{ pictures?: string; guide?: true; chapter?: string }>();

const GUIDE = new URL('../../docs/admin-guide.md', import.meta.url);
const IMAGES = fileURLToPath(new URL('../../docs/images', import.meta.url));

/** What the guide shows is what is taken. */
function ofGuide(): WorkplaceOptions {
  const text = readFileSync(GUIDE, 'utf8');
  return {
    pictures: IMAGES,
    only: new Set([...text.matchAll(/images\/([\w-]+)\.webp/g)].map(([, name = '']) => name)),
  };
}
const wanted: WorkplaceOptions = options.guide ? ofGuide() : options.pictures ? { pictures: options.pictures } : {};
const chapters = options.chapter ? ALONE.filter(({ name }) => name === options.chapter) : CHAPTERS;

/** The page at the moment of a failure. */
const FAILED = join(tmpdir(), 'e2e-failed.png');

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const seconds = (from: number): string => `${((performance.now() - from) / 1000).toFixed(1)} s`;

/**
 * What a practised person needs for it, without reading: a press 2.65 s (think, point, press), a character 0.28 s.
 * Source: Card, Moran, Newell, "The Keystroke-Level Model for User Performance Time", 1980.
 */
function byHand({ presses, characters }: Work): string {
  return `${((presses * 2.65 + characters * 0.28) / 60).toFixed(1)} minutes`;
}

const begin = performance.now();
const at = await Workplace.open({ ...wanted, isSetUp: options.chapter !== undefined });
try {
  for (const { name, steps } of chapters) {
    say(styleText('bold', name));
    for (const step of steps) {
      const from = performance.now();
      try {
        await step.run(at);
      } catch (error) {
        say(`  ✗ ${step.name}`);

        await at.admin.page.screenshot({ path: FAILED });
        say(`  The page as it was: ${FAILED}`);
        for (const line of at.admin.noise) say(`  ${line}`);
        throw error;
      }
      say(`  ✓ ${step.name} (${seconds(from)})`);
    }
    const { presses, characters } = at.admin.work;
    say(`  So far: ${presses} presses, ${characters} characters, ${seconds(begin)}; by hand ${byHand(at.admin.work)}`);
  }
  const sizes = [...at.pictures.values()];
  if (sizes.length > 0) say(`${sizes.length} pictures, ${sizes.reduce((sum, bytes) => sum + bytes, 0)} bytes`);
} finally {
  await at.close();
}
