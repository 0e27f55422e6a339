// From a new installation to the first lead that travels by itself, through the pages in a real browser. The whole story, with
// pictures of every page: npm run e2e.
import { afterAll, beforeAll, describe, it, jest } from '@jest/globals';
import { CONNECT } from './story/connect.ts';
import { MAP } from './story/map.ts';
import { START } from './story/start.ts';
import { Workplace } from './workplace.ts';

jest.setTimeout(120_000);

let at: Workplace;
beforeAll(async () => {
  at = await Workplace.open();
}, 240_000);
afterAll(async () => at?.close());

describe.each([CONNECT, MAP, START])('$name', ({ steps }) => {
  it.each(steps)('$name', async ({ run }) => {
    await run(at);
  });
});
