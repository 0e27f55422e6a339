// The files that start the bridge in containers name what is there: files, commands, variables, volumes and services.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { run } from '../../../bridge/cli.ts';
import { variables } from '../../../bridge/config/variables.ts';
import { startCommand } from '../../helpers/startCommand.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

const MAIN = 'bridge/main.js';
/** As much as a start needs before it opens its store, which this one cannot. */
const CONFIGURED = {
  SALESFORCE_CLIENT_ID: 'client',
  SALESFORCE_CLIENT_SECRET: 'secret',
  SELLFIRE_URL: 'http://127.0.0.1:9',
  SELLFIRE_API_KEY: 'key',
  SELLFIRE_WEBHOOK_SECRET: 'a'.repeat(40),
  SECRET_KEY: 'a'.repeat(64),
  DATA_DIR: '/dev/null/store',
  PORT: '0',
  PROBE_PORT: '0',
};

describe('the container', () => {
  it('starts the bridge from files that are there, and asks a probe that it has', () => {
    const dockerfile = read('Dockerfile');
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, from = '']) => from.split(' '));
    expect(copied.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
    expect(dockerfile).toContain('/health/live');
    expect(read('bridge/http/health.ts')).toContain("'/health/live'");
    expect(dockerfile).toMatch(/^USER node$/m);
  });

  it('starts the bridge as npm start does', () => {
    const [, bridge = ''] = read('Dockerfile').split(/ AS bridge$/m);
    const words = (name: string): unknown[] => {
      const [, list = '[]'] = new RegExp(`^${name} (\\[.*\\])$`, 'm').exec(bridge) ?? [];
      return JSON.parse(list) as unknown[];
    };
    expect([...words('ENTRYPOINT'), ...words('CMD')]).toEqual(['node', ...startCommand()]);
    expect(words('RUN')).toEqual(['node', ...startCommand(['bridge/precompile.js']).filter((word) => word !== MAIN)]);
  });

  it('has compiled what a start needs', () => {
    const flags = startCommand([]).filter((word) => word !== MAIN);
    const node = (args: string[], env: Record<string, string>) =>
      spawnSync(process.execPath, [...flags, ...args], { cwd: ROOT, env, encoding: 'utf8', maxBuffer: 2 ** 26 });
    expect(node(['bridge/precompile.js'], {}).status).toBe(0);
    const { stderr } = node([MAIN, 'start'], { ...CONFIGURED, NODE_DEBUG_NATIVE: 'COMPILE_CACHE' });
    // It went as far as its store, in the thread of that.
    expect(stderr).toContain('STORE_UNUSABLE');
    const compiled = [...stderr.matchAll(/retrieving transpile cache for StrippedTypeScript (\S+)\.\.\.success/g)];
    expect(compiled.length).toBeGreaterThan(100);
    expect(stderr).not.toContain('no transpile cache');
  });
});

interface Service {
  profiles?: string[];
  build?: { target: string };
  image?: string;
  command?: string[];
  env_file?: string;
  environment?: Record<string, string>;
  volumes?: string[];
  depends_on?: string[] | Record<string, unknown>;
}

describe('compose.yaml', () => {
  const { services, volumes } = parse(read('compose.yaml'), { merge: true }) as {
    services: Record<string, Service>;
    volumes: Record<string, unknown>;
  };
  const all = Object.entries(services);
  /** Those that run the image of the bridge. */
  const bridges = all.filter(([, { build }]) => build?.target === 'bridge');

  it('builds a stage that the Dockerfile has', () => {
    const stages = [...read('Dockerfile').matchAll(/^FROM \S+ AS (\S+)$/gm)].map(([, stage]) => stage);
    for (const [name, { build, image }] of all)
      expect({ name, isThere: build ? stages.includes(build.target) : Boolean(image) }).toEqual({
        name,
        isThere: true,
      });
    expect(bridges.map(([name]) => name)).toEqual(['bridge', 'shared', 'deployment']);
  });

  it('gives each bridge what its program understands', async () => {
    for (const [name, { command = ['start'], environment = {} }] of bridges) {
      let said = '';
      const exit = await run([...command, '--help'], {
        env: {},
        out: (text) => void (said += text),
        err: () => undefined,
      });
      expect({ name, exit, said }).toEqual({ name, exit: 0, said: expect.stringContaining(command.join(' ')) });
      for (const one of Object.keys(environment))
        expect({ name, one, isKnown: one.replace(/_FILE$/, '') in variables.shape }).toEqual({
          name,
          one,
          isKnown: true,
        });
    }
  });

  it('mounts what it declares, and what the repository has; no two bridges have a volume in common', () => {
    const mounted = all.flatMap(([name, { volumes: own = [] }]) =>
      own.map((mount) => ({ name, source: mount.split(':')[0] ?? '' })),
    );
    for (const { name, source } of mounted.filter((one) => one.source !== './secrets'))
      expect({
        name,
        source,
        isThere: source.startsWith('./') ? existsSync(join(ROOT, source)) : source in volumes,
      }).toEqual({
        name,
        source,
        isThere: true,
      });
    const stores = mounted.filter(({ source }) => source in volumes).map(({ source }) => source);
    expect(stores.toSorted()).toEqual(Object.keys(volumes).toSorted());
  });

  it('starts with a service what it depends on, and the handbook has the command for each profile', () => {
    const book = read('docs/operation.md');
    for (const [name, { depends_on: needs = [], profiles = [] }] of all) {
      for (const other of Array.isArray(needs) ? needs : Object.keys(needs))
        expect({ name, other, profiles: services[other]?.profiles }).toEqual({ name, other, profiles });
      for (const profile of profiles) expect(book).toContain(`docker compose --profile ${profile} up `);
    }
  });

  it('has a load balancer that sends to a service of its profile', () => {
    const targets = [...read('config/balancer.cfg').matchAll(/server-template \S+ \d+ ([a-z]+):/g)].map(
      ([, one]) => one,
    );
    expect(new Set(targets)).toEqual(new Set(['shared']));
    expect(services['shared']?.profiles).toEqual(services['balancer']?.profiles);
  });
});
