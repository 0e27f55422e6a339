// Events of Sellfire that are not what the contract says, or of a type of a later version: they are set aside, and what they were about is done
// with the present data.
import type { SellfireEvent } from '../../../bridge/model/event.ts';
import { readEvents, type FeedEvent } from '../../../bridge/sellfire/events.ts';
import type { Feature } from './feature.ts';

/** One of so many is not readable. */
const RARE = 5;

const isOfRep = ({ actor }: SellfireEvent): boolean => actor.kind === 'rep';

/** The event with a content that the contract does not allow, as the bridge reads it. */
function garbled(event: SellfireEvent): FeedEvent {
  const { sale, activity, schedule_item: item, type, sequence } = event;
  const content = sale
    ? { sale: { ...sale, currency: 5 } }
    : activity
      ? { activity: { ...activity, created_at: 'yesterday' } }
      : item
        ? { schedule_item: { ...item, start_time: 7 } }
        : type === 'lead.updated' && sequence % 2 === 0
          ? { type: 'lead.painted' }
          : { changes: 'none' };
  return readEvents([{ ...event, ...content }], sequence - 1).events[0] ?? event;
}

export const UNREADABLE: Feature = {
  name: 'unreadable',
  begin(simulation) {
    const first = simulation.random.between(0, RARE - 1);
    simulation.received = (event) => {
      if (event.sequence % RARE !== first || !isOfRep(event)) return event;
      const read = garbled(event);
      const isNew = !simulation.unreadable.some(({ sequence }) => sequence === event.sequence);
      if (isNew && read.type === event.type) simulation.unreadable.push(event);
      return read;
    };
  },
};
