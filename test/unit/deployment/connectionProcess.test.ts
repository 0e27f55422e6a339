// The process of a connection is started again whenever it ends, later each time that it ends soon, and is ended when it stands still.
import { spawn } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { startConnectionProcess, type ConnectionProcess } from '../../../bridge/deployment/connectionProcess.ts';
import type { ProcessState } from '../../../bridge/deployment/registry.ts';
import { BridgeError } from '../../../bridge/model/fault.ts';
import { explain } from '../../../bridge/model/catalogue/catalogue.ts';
import type { Timer } from '../../../bridge/lib/timer.ts';
import { createLog } from '../../../bridge/log.ts';
import { until } from '../../helpers/until.ts';

/** A clock that goes on only when it is told to. */
function handClock() {
  let now = 0;
  const due = new Map<() => void, number>();
  const timer: Timer = {
    now: () => now,
    after(ms, run) {
      due.set(run, now + ms);
      return () => due.delete(run);
    },
  };
  return {
    timer,
    /** ms until what waits longest comes; undefined where nothing waits beside the look at a silent process. */
    waits: (): number[] => [...due.values()].map((at) => at - now).toSorted((a, b) => a - b),
    pass(ms: number): void {
      now += ms;
      for (const [run, at] of [...due]) if (at <= now && due.delete(run)) run();
    },
  };
}

interface Started {
  one: ConnectionProcess;
  states: [ProcessState, string][];
  claims: string[];
  clock: ReturnType<typeof handClock>;
}

/** @param script what the process does */
function begin(script: string, environment: () => Promise<NodeJS.ProcessEnv> = async () => ({})): Started {
  const states: [ProcessState, string][] = [];
  const claims: string[] = [];
  const clock = handClock();
  const one = startConnectionProcess({
    ...{ name: 'north', environment, memory: 128, shutdownSeconds: 1, timer: clock.timer },
    async claimOrg(org) {
      claims.push(org);
      if (org === 'taken') throw new BridgeError(explain('ORG_ELSEWHERE', { org }));
    },
    inTurn: (work) => work(),
    onState: (state, detail) => void states.push([state, detail]),
    logger: createLog({ level: 'silent' }),
    launch: (env) => spawn(process.execPath, ['-e', script], { env, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] }),
  });
  return { one, states, claims, clock };
}

const READY = `process.send({ kind: 'ready', url: 'http://127.0.0.1:9', probeUrl: 'http://127.0.0.1:9' });`;

describe('the process of a connection', () => {
  it('runs once it listens, may have an org unless another connection has it, and ends when it is told to', async () => {
    const { one, states, claims } = begin(`
      process.on('message', ({ id, refusal }) => {
        if (id === 'b') return void console.error(refusal);
        ${READY}
      });
      process.send({ kind: 'claim', id: 'a', org: '00D' });
      process.send({ kind: 'claim', id: 'b', org: 'taken' });
      process.send('what it never says');
    `);
    await until('it runs', () => one.state().state === 'running');
    expect(one.addresses()?.url).toBe('http://127.0.0.1:9');
    expect(claims).toEqual(['00D', 'taken']);
    await one.stop();
    expect(one.addresses()).toBeUndefined();
    expect(states.map(([state]) => state)).toEqual(['starting', 'running', 'stopped']);
  });

  it('is started again after growing waits, and says why it has ended', async () => {
    const { one, states, clock } = begin(`console.error('CONFIG_INVALID: so'); process.exit(2)`);
    for (const [failures, most] of [1_000, 2_000, 4_000].entries()) {
      await until('it waits', () => states.length === failures + 2);
      const [wait = 0] = clock.waits();
      expect(wait).toBeGreaterThan(0.7 * most);
      expect(wait).toBeLessThanOrEqual(most);
      expect(states.at(-1)).toEqual(['failed', 'CONFIG_INVALID: so']);
      clock.pass(wait);
    }
    await until('it was started again', () => one.restarts() === 3);
    await one.stop();
  });

  it('waits as well where its configuration cannot be opened, and is not started', async () => {
    const sealed = new BridgeError(explain('CONNECTION_SEALED', { name: 'north' }));
    const { one, states } = begin(READY, () => Promise.reject(sealed));
    await until('it says so', () => one.state().state === 'failed');
    expect(states.at(-1)?.[1]).toContain('CONNECTION_SEALED');
    expect(one.restarts()).toBe(0);
    await one.stop();
  });

  it('is ended where it has not answered for a minute, and started again', async () => {
    const { one, states, clock } = begin(`${READY} setInterval(() => undefined, 1000)`);
    for (let looks = 1; looks <= 6; looks += 1) {
      await until(
        'it runs, and is looked at',
        () => one.addresses() !== undefined && clock.waits().some((ms) => ms > 0),
      );
      await until('the next look is due', () => clock.waits().includes(10_000));
      clock.pass(10_000);
    }
    await until('it has ended', () => states.some(([state]) => state === 'failed'));
    expect(states.at(-1)?.[1]).toContain('SIGKILL');
    await one.stop();
  });
});
