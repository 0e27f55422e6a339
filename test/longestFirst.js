// The order of the suites of which no earlier run is known, as in a fresh clone: those that take longest come first, so that
// none of them is left to one core at the end. A wrong or missing line costs time only.
import Sequencer from '@jest/test-sequencer';

/** From half a minute on, the longest first. */
const LONG = [
  'test/simulator/simulator.test.ts',
  'test/check.test.ts',
  'test/faults/patience.test.ts',
  'test/package/gates.test.ts',
  'test/salesforce/lightning/tests/pages.test.ts',
  'test/wide/sharing.test.ts',
  'test/e2e/fourControls.test.ts',
  'test/wide/leadership.test.ts',
  'test/e2e/import.test.ts',
  'test/e2e/alerts.test.ts',
  'test/package/components.test.ts',
  // The suite of the pages has built what the browser loads by then: two that begin together build it twice.
  'test/pages/firstLead.test.ts',
  'test/salesforce/tests/sfCli.test.ts',
  'test/e2e/spec.test.ts',
];

export default class LongestFirst extends Sequencer {
  /** @param {Parameters<Sequencer['sort']>[0]} tests */
  sort(tests) {
    // Jest knows better where it has timed one.
    const place = ({ path, duration }) => {
      const index = LONG.findIndex((file) => path.endsWith(`/${file}`));
      return index === -1 || duration !== undefined ? LONG.length : index;
    };
    return super.sort(tests).toSorted((one, other) => place(one) - place(other));
  }
}
