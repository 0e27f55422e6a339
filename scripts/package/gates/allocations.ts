// An org shares what it has with every package in it: 50 event definitions and, until a version is listed, 5 objects whose
// changes are sent as events. Each one more is taken from the customer, so there is a number that the package keeps to.
import { Findings, type Gate } from '../gate.ts';
import { readObjects } from '../objects.ts';
import { filesOf } from '../source.ts';
import { textOf } from '../xml.ts';

/**
 * One event for each pair of sender and meaning. From the org: a changed configuration, and a request, which others may
 * publish. From the bridge: a report, its state, the progress of a request; each is stored by a flow of its own. The
 * catalogue of fields is kept by upserts, and costs no event.
 */
const MOST_EVENTS = 5;
/** Lead, Contact and Account. */
const MOST_ENTITIES = 3;

export const allocationsGate: Gate = {
  name: 'allocations',
  promise: `at most ${MOST_EVENTS} of an org's 50 event definitions and ${MOST_ENTITIES} of its 5 change data entities are used`,
  check(source) {
    const findings = new Findings('events and entities');
    const events = [...readObjects(source).values()].filter((object) => object.kind === 'event');
    for (const [index, { name }] of events.entries()) {
      findings.expect(index < MOST_EVENTS, `${name}: is event definition ${index + 1} of ${MOST_EVENTS}`);
    }
    const entities = new Set(
      filesOf(source, 'PlatformEventChannelMember').map(({ root }) => textOf(root, 'selectedEntity') ?? ''),
    );
    for (const [index, name] of [...entities].entries()) {
      findings.expect(index < MOST_ENTITIES, `${name}: is entity ${index + 1} of ${MOST_ENTITIES}`);
    }
    return findings;
  },
};
