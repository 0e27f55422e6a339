// The release path in one command each: build the components, check and build a version, promote it, install it, make a scratch org. With
// --dry-run nothing is called; the exact calls of the Salesforce CLI are printed.
// `node scripts/release.ts version --dev-hub hub --dry-run`
import { spawn } from 'node:child_process';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command, InvalidArgumentError } from 'commander';
import { GATES, runGate } from './package/gates.ts';
import { buildComponents, staleComponents } from './package/lwc/build.ts';
import { PACKAGE_DIRECTORY } from './package/project.ts';
import { writeReleased } from './package/released.ts';
import { readPackageSource } from './package/source.ts';
import { writeSampleData } from './release/sampleData.ts';
import { createVersion, install, promote, register, scratchOrg, type Step } from './release/steps.ts';

const CLI = fileURLToPath(new URL('../node_modules/@salesforce/cli/bin/run.js', import.meta.url));
const SAMPLES = fileURLToPath(new URL('../node_modules/.cache/sample-data', import.meta.url));
/** As many as the demo shows. */
const SAMPLE_LEADS = 300;

interface Options {
  devHub: string;
  org: string;
  dryRun?: true;
}

const versionId = (text: string): string => {
  if (!/^04t\w{12}(\w{3})?$/.test(text))
    throw new InvalidArgumentError('A package version is an id that begins with 04t.');
  return text;
};

async function run(steps: Step[], { dryRun }: Options): Promise<void> {
  for (const { sf, why } of steps) {
    console.log(`# ${why}\nsf ${sf.map(quoted).join(' ')}`);
    if (!dryRun) await call(sf);
  }
}

/** As a shell would need it. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** @throws Error where the CLI does not end with 0; it has said why. */
function call(args: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CLI, ...args], { stdio: 'inherit' });
    child.once('error', reject);
    child.once('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`sf ${args.slice(0, 3).join(' ')} ended with ${code ?? 'a signal'}; its words are above.`));
    });
  });
}

/** @throws Error where a gate does not hold: what is released cannot be mended. */
async function check(): Promise<void> {
  await build();
  const source = await readPackageSource(PACKAGE_DIRECTORY);
  for (const gate of GATES) {
    const { problems } = await runGate(gate, source);
    if (problems.length > 0) throw new Error(`The package is not ready (${gate.name}):\n${problems.join('\n')}`);
  }
  console.log(`# ${GATES.length} gates hold of force-app`);
}

/** What is deployed or built into a version are the scripts that come of the components' TypeScript. */
async function build(): Promise<void> {
  const built = await buildComponents(PACKAGE_DIRECTORY);
  if (built.length > 0) console.log(`# built ${built.join(', ')}`);
}

const program = new Command('release').description('Builds, releases and installs the package.');
const command = (name: string, words: string): Command =>
  program.command(name).description(words).option('--dry-run', 'print the calls, make none');
const hub: [string, string, string] = ['--dev-hub <alias>', 'the Dev Hub that the CLI is signed in to', 'DevHub'];
const target = (fallback: string): [string, string, string] => ['--org <alias>', 'the org', fallback];

command('build', 'build the components that are deployed: what the other commands do first').action(
  async ({ dryRun }: Options) => {
    const scripts = staleComponents(PACKAGE_DIRECTORY);
    console.log(`# ${scripts.length === 0 ? 'every component is up to date' : `builds ${scripts.join(', ')}`}`);
    if (!dryRun) await buildComponents(PACKAGE_DIRECTORY);
  },
);
command('register', 'register the package with the Dev Hub, once')
  .option(...hub)
  .action((options: Options) => run(register(options), options));
command('version', 'check the package and build a version of it')
  .option(...hub)
  .action(async (options: Options) => {
    await check();
    await run(createVersion(options), options);
  });
command('promote', 'release a version for good')
  .argument('<version>', '04t…', versionId)
  .option(...hub)
  .action(async (version: string, options: Options) => {
    await run(promote({ ...options, version }), options);
    console.log('# config/released.json then records what can never be taken back; commit it');
    if (!options.dryRun) await writeReleased(await readPackageSource(PACKAGE_DIRECTORY));
  });
command('install', 'install a version into an org')
  .argument('<version>', '04t…', versionId)
  .option(...target('sellfire'))
  .action((version: string, options: Options) => run(install({ ...options, version }), options));
command('scratch', 'make a scratch org with the package and sample data')
  .option(...hub)
  .option(...target('sellfire-scratch'))
  .action(async (options: Options) => {
    await build();
    const samples = await writeSampleData(SAMPLES, SAMPLE_LEADS);
    const files = samples.map((file) => relative(process.cwd(), file));
    await run(scratchOrg(options, files), options);
  });

try {
  await program.parseAsync();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
