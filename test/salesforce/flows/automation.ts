// The flows of the org at work: those that saves and deletions start run inside that transaction and can fail it; those
// that platform events start run after the publisher's commit, in their own transaction, as the user who published.
// Source: Salesforce Help, "Record-Triggered Flows"; Platform Events Developer Guide, "Subscribe with Flows".
import { PlatformError, type Automation, type RecordChange, type Row, type Transaction } from '../model.ts';
import { labelOf } from '../metadata/labels.ts';
import { eventBus, type PlatformEvent } from '../pubsub/bus.ts';
import type { EventsOrg } from '../pubsub/org.ts';
import { Interview } from './interview.ts';
import type { EventTrigger, Flow, RecordTrigger } from './model.ts';
import type { Notification } from './notifications.ts';
import { FlowFault, FlowRefusal, type InterviewContext } from './resources.ts';
import { ScheduledPaths, type Pending } from './scheduled.ts';

/** Events of one object that a flow is given in one transaction (Platform Events Developer Guide). */
const BATCH = 200;
/** Events that flows publish in answer to events: a longer chain is a loop, and saves are bounded by the same number. */
const MAX_CHAIN = 16;
/** Failures that are remembered; enough to look at, bounded. */
const MAX_FAILURES = 1000;

/** An event-triggered flow that failed; no caller gets its error. */
export interface FlowFailure {
  flow: string;
  message: string;
  event: PlatformEvent;
}

type TriggeredFlow<T> = Flow & { trigger: T };

export class FlowAutomation implements Automation {
  readonly failures: FlowFailure[] = [];
  /** What rang the bell, the oldest first. */
  readonly notifications: Notification[] = [];
  private readonly scheduled: ScheduledPaths;
  private readonly org: EventsOrg;
  private readonly flows = new Map<string, Flow>();
  private queue: { event: PlatformEvent; generation: number }[] = [];
  private generation = 0;
  private running = false;
  private readonly waiting = new Set<() => void>();

  constructor(org: EventsOrg) {
    this.org = org;
    this.scheduled = new ScheduledPaths(org, (pending) => this.runScheduled(pending));
    org.automation = this;
    eventBus(org).onPublished((event) => this.enqueue(event));
  }

  /** Adds the flow, or replaces the one of the same name. One that is not active does nothing. */
  install(flow: Flow): void {
    this.flows.set(flow.name, flow);
  }

  get(name: string): Flow | undefined {
    return this.flows.get(name);
  }

  afterSave(transaction: Transaction, change: RecordChange): void {
    if (change.type !== 'CREATE' && change.type !== 'UPDATE') return;
    const created = change.type === 'CREATE';
    for (const flow of this.recordFlows('afterSave', change.object)) {
      const { on } = flow.trigger;
      if (on !== 'CreateAndUpdate' && on !== (created ? 'Create' : 'Update')) continue;
      this.runFor(flow, transaction, change.after, created ? undefined : change.before);
    }
  }

  /** Runs the scheduled paths whose time has come by the org's clock. */
  runDue(): void {
    this.scheduled.runDue();
  }

  beforeDelete(transaction: Transaction, object: string, row: Row): void {
    for (const flow of this.recordFlows('beforeDelete', object)) this.runFor(flow, transaction, row, row);
  }

  /** Resolves when every event so far has been given to its flows. */
  async idle(): Promise<void> {
    if (this.queue.length === 0 && !this.running) return;
    await new Promise<void>((resolve) => this.waiting.add(resolve));
  }

  private recordFlows(kind: RecordTrigger['kind'], object: string): TriggeredFlow<RecordTrigger>[] {
    return [...this.flows.values()]
      .filter((flow): flow is TriggeredFlow<RecordTrigger> => flow.active && flow.trigger.kind === kind)
      .filter((flow) => flow.trigger.object === object)
      .sort((a, b) => a.trigger.order - b.trigger.order);
  }

  private runFor(
    flow: TriggeredFlow<RecordTrigger>,
    transaction: Transaction,
    record: Row,
    prior: Row | undefined,
  ): void {
    const interview = (row: Row): Interview => new Interview(flow, this.contextOf(transaction, row, prior));
    try {
      const started = interview(record);
      const isMet = started.meetsConditions();
      this.scheduled.saved(flow, record, transaction.user, isMet);
      if (!isMet) return;
      if (flow.trigger.onlyWhenBecoming && prior && interview(prior).meetsConditions()) return;
      started.run();
    } catch (error) {
      if (error instanceof FlowRefusal) {
        throw new PlatformError('FIELD_CUSTOM_VALIDATION_EXCEPTION', error.message, { fields: [...error.fields] });
      }
      if (!(error instanceof FlowFault)) throw error;
      throw new PlatformError(
        'CANNOT_EXECUTE_FLOW_TRIGGER',
        `We can't save this record because the “${flow.label}” process failed. Give your Salesforce admin these details. ${error.message}`,
      );
    }
  }

  private contextOf(transaction: Transaction, record: Row, prior: Row | undefined): InterviewContext {
    return {
      schema: this.org.schema,
      orgId: this.org.id,
      transaction,
      now: new Date(this.org.clock()),
      record,
      prior,
      notify: (notification) => void this.notifications.push(notification),
      label: (name) => labelOf(this.org, name),
    };
  }

  /** In a transaction of its own, as the user who last changed the record, with the record as it is now. */
  private runScheduled({ flow: name, path, object, id, user }: Pending): void {
    const flow = this.flows.get(name);
    const record = this.org.get(object, id);
    if (!flow?.active || !record) return;
    try {
      this.org.transact({ user, origin: '' }, (transaction) =>
        new Interview(flow, this.contextOf(transaction, record, undefined)).run(path.next),
      );
    } catch (error) {
      // Nobody gets the error of a scheduled path.
      if (!(error instanceof FlowFault)) throw error;
    }
  }

  private enqueue(event: PlatformEvent): void {
    const flows = this.eventFlows(event.entity);
    if (flows.length === 0) return;
    const generation = this.generation + 1;
    if (generation > MAX_CHAIN) {
      for (const flow of flows)
        this.fail(flow, `The chain of events is longer than ${MAX_CHAIN}: flows publish in a loop.`, event);
      return;
    }
    this.queue.push({ event, generation });
    if (this.running) return;
    this.running = true;
    setImmediate(() => this.drain());
  }

  private eventFlows(object: string): TriggeredFlow<EventTrigger>[] {
    return [...this.flows.values()].filter(
      (flow): flow is TriggeredFlow<EventTrigger> =>
        flow.active && flow.trigger.kind === 'platformEvent' && flow.trigger.object === object,
    );
  }

  /** One batch, then the next one in another turn of the event loop, so that the org answers in between. */
  private drain(): void {
    const [first] = this.queue;
    if (!first) {
      this.running = false;
      for (const resolve of this.waiting) resolve();
      this.waiting.clear();
      return;
    }
    const alike = (other: { event: PlatformEvent; generation: number }): boolean =>
      other.event.entity === first.event.entity &&
      other.event.fields['CreatedById'] === first.event.fields['CreatedById'] &&
      other.generation === first.generation;
    const end = this.queue.findIndex((entry) => !alike(entry));
    const count = Math.min(BATCH, end === -1 ? this.queue.length : end);
    const batch = this.queue.splice(0, count).map(({ event }) => event);
    this.generation = first.generation;
    try {
      for (const flow of this.eventFlows(first.event.entity)) this.runBatch(flow, batch);
    } finally {
      this.generation = 0;
      setImmediate(() => this.drain());
    }
  }

  /** What one event's interview did is undone with it: the batch runs again without the events that failed. */
  private runBatch(flow: TriggeredFlow<EventTrigger>, events: readonly PlatformEvent[]): void {
    let left = [...events];
    while (left.length > 0) {
      let current: PlatformEvent | undefined;
      try {
        const user = String(left[0]?.fields['CreatedById']);
        this.org.transact({ user, origin: '' }, (transaction) => {
          for (const event of left) {
            current = event;
            new Interview(flow, this.contextOf(transaction, event.fields, undefined)).run();
          }
        });
        return;
      } catch (error) {
        if (!(error instanceof FlowFault) || !current) throw error;
        this.fail(flow, error.message, current);
        left = left.filter((event) => event !== current);
      }
    }
  }

  private fail(flow: Flow, message: string, event: PlatformEvent): void {
    this.failures.push({ flow: flow.name, message, event });
    if (this.failures.length > MAX_FAILURES) this.failures.shift();
  }
}

const automations = new WeakMap<EventsOrg, FlowAutomation>();

/** The flows of an org; they are its automation from the first call on, which the first deployment makes. */
export function flowAutomation(org: EventsOrg): FlowAutomation {
  const known = automations.get(org);
  if (known) return known;
  const automation = new FlowAutomation(org);
  automations.set(org, automation);
  return automation;
}
