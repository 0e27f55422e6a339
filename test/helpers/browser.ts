// A real browser for tests: the one named by CHROME_PATH, one that the system has, or the Chromium that npm brought.
import { execFile } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { chromium, type Browser } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
/** Where the usual installers put it when it is not on the path. */
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** Quiet and alone: no sandbox (containers have none to give), no calls home. */
const ARGUMENTS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Unpacked once per installation: `npm ci` takes it away with the package. */
const CACHE = fileURLToPath(new URL('../../node_modules/.cache/', import.meta.url));
const UNPACKED = join(CACHE, 'chromium');
/** The packed one runs without a helper process, which the sandbox of a container may not let it start. */
const PACKED_ARGUMENTS = ['--no-zygote'];

interface Found {
  executablePath: string;
  args?: string[];
  env?: Record<string, string>;
}

/** @throws Error when CHROME_PATH names no program, or there is no browser and the packed one is not for this machine. */
async function findBrowser(): Promise<Found> {
  const named = process.env['CHROME_PATH'];
  if (named) {
    if (!isExecutable(named)) throw new Error(`CHROME_PATH is ${named}, which is no program that can be run.`);
    return { executablePath: named };
  }
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const candidates = [...folders.flatMap((folder) => NAMES.map((name) => join(folder, name))), ...PLACES];
  const installed = candidates.find(isExecutable);
  return installed ? { executablePath: installed } : unpackedBrowser();
}

async function unpackedBrowser(): Promise<Found> {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error('No browser was found: install Chrome or Chromium, or name one in CHROME_PATH.');
  const executablePath = join(UNPACKED, 'chromium');
  if (!existsSync(executablePath)) await unpack();
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) if (value !== undefined) env[name] = value;
  // The system's own libraries come first where it has them all; a bare machine lacks NSS, and may lack every font.
  const bare = !['/usr/lib/x86_64-linux-gnu', '/usr/lib64', '/usr/lib'].some((at) =>
    existsSync(join(at, 'libnss3.so')),
  );
  if (bare) env['LD_LIBRARY_PATH'] = join(UNPACKED, 'al2023', 'lib');
  if (!existsSync('/etc/fonts/fonts.conf')) env['FONTCONFIG_FILE'] = join(UNPACKED, 'fonts.conf');
  return { executablePath, args: PACKED_ARGUMENTS, env };
}

/** Unpacks aside and moves into place, so that of several processes that need it at once none sees half of it. */
async function unpack(): Promise<void> {
  await mkdir(CACHE, { recursive: true });
  const aside = await mkdtemp(join(CACHE, 'chromium-'));
  const script = fileURLToPath(new URL('unpackBrowser.ts', import.meta.url));
  await promisify(execFile)(process.execPath, [script], { env: { ...process.env, TMPDIR: aside } });
  const fonts = `<fontconfig><dir>${join(UNPACKED, 'fonts')}</dir><cachedir>${join(UNPACKED, 'fonts-cache')}</cachedir></fontconfig>`;
  await writeFile(join(aside, 'fonts.conf'), `<?xml version="1.0"?>\n${fonts}\n`);
  try {
    await rename(aside, UNPACKED);
  } catch (error) {
    await rm(aside, { recursive: true, force: true });
    if (!existsSync(join(UNPACKED, 'chromium'))) throw error;
  }
}

/** Starts it without a window; the caller closes it. */
export async function launchBrowser(): Promise<Browser> {
  const { args = [], ...found } = await findBrowser();
  return chromium.launch({ ...found, args: [...ARGUMENTS, ...args] });
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
