// A small Salesforce in virtual time: records and the effects of their saves, transactions, and the stream of change
// events in the order of their commits. The simulation adds the faults.
import type { SalesforceChange } from '../../bridge/model/change.ts';
import type { PriceCandidate, TransactionNode } from '../../bridge/model/saleTransaction.ts';
import type { SalesforceFields } from '../../bridge/model/salesforce.ts';
import { mayHold } from '../../bridge/model/phone.ts';
import { withSuffix } from '../../bridge/model/recordId.ts';
import { type SimRecord, type Commit, type Automation, type Rule, type Automated, SaveError } from './saves.ts';
import { PREFIXES, isUnique, isFollowed, defaults } from './objects.ts';
import { blanksOf, storedIn, type Schema } from './schema.ts';
import { PRICES } from './prices.ts';

export class Salesforce {
  readonly stream: Commit[] = [];
  readonly records = new Map<string, SimRecord>();
  /** The customer's rules and automations that are active, by name. */
  readonly rules = new Map<string, Rule>();
  readonly automations = new Map<string, Automation>();
  /** Whether an automation was deactivated. */
  deactivated = false;
  /** What automations set, in committed transactions. */
  readonly automated: Automated[] = [];
  /** The price book. */
  prices: readonly PriceCandidate[] = PRICES;
  /** Fields that hold what their types let them; the others hold any value as it is given. */
  readonly schema: Schema = new Map();
  /** Records that were sent a value which cannot be read, so that the request failed without the name of a field. */
  readonly unparsed: { id: string; user: string }[] = [];
  /** What the customer's rules refused to save. */
  readonly refused: { recordId: string; fields: SalesforceFields }[] = [];
  /** Saves that changed nothing. */
  readonly idle: { recordId: string; user: string; operation: string }[] = [];
  /** Fields that a user has given what the same user had set there last. */
  readonly givenAgain: { recordId: string; field: string; user: string; operation: string }[] = [];
  /** Characters that a text may have, and decimals that an amount keeps: `Opportunity.Name`. */
  readonly limits = new Map<string, number>();
  /** What a rule of the customer has objected to at any time: `Task.CallType`. */
  readonly objections = new Set<string>();
  /** Given to new records by the settings, by object. */
  readonly recordTypes = new Map<string, string>();
  /** The code of a product that is not active. */
  retired: string | undefined;
  /** The transactions of the bridge that were committed: how many commits were before each, and what it asked for. */
  readonly graphs: {
    commits: number;
    at: number;
    nodes: readonly TransactionNode[];
    ids: Readonly<Record<string, string>>;
  }[] = [];
  /** Whether the refusal of a transaction says which of its records is refused. */
  namesNodes = false;
  /** Whether a save that changes no field is published, for the date that it stamps. */
  publishesStamps = false;
  /** What is under way, for the commits. */
  operation = '';
  /** Called when a rule has refused a save, or an automation has set a field. */
  onEffect: (name: string) => void = () => {};
  private readonly now: () => number;
  private count = 0;
  /** The changes of the open transaction, what automations set in it, and the records before it. */
  private open:
    { changes: SalesforceChange[]; automated: Automated[]; undo: Map<string, SimRecord | undefined> } | undefined;

  constructor(now: () => number) {
    this.now = now;
  }

  /** Runs the work in one transaction: it is committed, published and dated as one, or not at all. */
  transaction<T>(work: () => T): T {
    if (this.open) return work();
    this.open = { changes: [], automated: [], undo: new Map() };
    const { changes, automated, undo } = this.open;
    try {
      const result = work();
      const at = this.now();
      const { operation } = this;
      if (changes.length > 0)
        this.stream.push({ at, changes: changes.map((one) => ({ ...one, at })), lost: false, operation });
      this.automated.push(...automated.map((one) => ({ ...one, at })));
      return result;
    } catch (error) {
      for (const [id, record] of undo)
        if (record) this.records.set(id, record);
        else this.records.delete(id);
      throw error;
    } finally {
      this.open = undefined;
    }
  }

  live(object?: string): SimRecord[] {
    return [...this.records.values()].filter((one) => !one.deleted && (object === undefined || one.object === object));
  }

  get(id: string): SimRecord | undefined {
    const record = this.records.get(id);
    return record?.deleted ? undefined : record;
  }

  /** @returns the id */
  create(object: string, fields: SalesforceFields, user: string, origin = ''): string {
    return this.transaction(() => {
      this.count += 1;
      const id = withSuffix(`${PREFIXES[object] ?? 'a01'}${String(this.count).padStart(12, '0')}`);
      const given = { ...defaults(object), ...blanksOf(this.schema, object), ...fields };
      this.save(
        { id, object, fields: {}, createdAt: this.now(), modifiedAt: 0, modifiedBy: user, deleted: false },
        given,
        {
          kind: 'create',
          user,
          origin,
        },
      );
      return id;
    });
  }

  /** @throws SaveError */
  update(id: string, fields: SalesforceFields, user: string, origin = ''): void {
    this.transaction(() => {
      const record = this.records.get(id);
      if (!record || record.deleted || record.fields['IsConverted'] === true)
        throw new SaveError('ENTITY_IS_DELETED', 'entity is deleted', [], 'gone');
      this.save(record, fields, { kind: 'update', user, origin });
    });
  }

  delete(id: string, user: string): void {
    this.transaction(() => {
      const record = this.get(id);
      if (!record) return;
      this.keep(record, { ...record, deleted: true });
      this.publish(record, 'delete', {}, user, '');
      if (record.object !== 'Account') return;
      for (const child of this.live()) if (child.fields['AccountId'] === id) this.delete(child.id, user);
    });
  }

  undelete(id: string, user: string): void {
    this.transaction(() => {
      const record = this.records.get(id);
      if (!record?.deleted) return;
      this.requireUnique(record.object, record.id, record.fields);
      this.keep(record, { ...record, deleted: false, modifiedAt: this.now(), modifiedBy: user });
      this.publish(record, 'undelete', { ...record.fields }, user, '');
    });
  }

  /** Converts a Lead to a Contact under a new Account in one transaction; the events are in the order of the saves. */
  convert(leadId: string, user: string): void {
    this.transaction(() => {
      const lead = this.get(leadId);
      if (!lead || lead.fields['IsConverted'] === true) return;
      const { Phone = null, Company = null, LastName = null, Title = null, Email = null } = lead.fields;
      const { CountryCode: country } = lead.fields;
      const [billing, mailing] =
        country === undefined ? [{}, {}] : [{ BillingCountryCode: country }, { MailingCountryCode: country }];
      const accountId = this.create('Account', { Name: Company, Phone, ...billing }, user);
      const typed = Object.keys(blanksOf(this.schema, 'Contact')).map((name) => [name, lead.fields[name] ?? null]);
      const copied = { Phone, LastName, Title, Email, ...mailing, ...Object.fromEntries(typed) };
      const contactId = this.create('Contact', { ...copied, AccountId: accountId }, user);
      const converted = { IsConverted: true, ConvertedContactId: contactId, ConvertedAccountId: accountId };
      this.save(lead, converted, { kind: 'update', user, origin: '' });
    });
  }

  /**
   * Merges two records: the children of the other move to the master record without an event; the other is deleted and
   * names its master, which is saved ("Apex Developer Guide", merge: normal update triggers apply).
   */
  merge(masterId: string, loserId: string, user: string): void {
    this.transaction(() => {
      const [master, loser] = [this.get(masterId), this.get(loserId)];
      if (!master || !loser || master.object !== loser.object || masterId === loserId) return;
      if (master.fields['IsConverted'] === true || loser.fields['IsConverted'] === true) return;
      for (const child of this.live())
        for (const name of ['AccountId', 'Account__c'])
          if (child.fields[name] === loserId)
            this.keep(child, { ...child, fields: { ...child.fields, [name]: masterId } });
      this.keep(loser, { ...loser, mergedInto: masterId, deleted: true });
      this.publish(loser, 'delete', {}, user, '');
      this.save(master, {}, { kind: 'update', user, origin: '' });
    });
  }

  byKey(object: string, field: string, key: string): SimRecord | undefined {
    return this.live(object).find((one) => one.fields[field] === key);
  }

  /** The results of a search by the digits. */
  byPhone(objects: readonly string[], phone: string): SimRecord[] {
    return this.live().filter(
      (one) =>
        objects.includes(one.object) &&
        one.fields['IsConverted'] !== true &&
        typeof one.fields['Phone'] === 'string' &&
        mayHold(one.fields['Phone'], phone),
    );
  }

  /**
   * Saves a composite graph, all nodes or none.
   * @returns ids by ref
   * @throws SaveError
   */
  graph(nodes: readonly TransactionNode[], user: string, origin: string): Record<string, string> {
    return this.transaction(() => {
      const ids: Record<string, string> = {};
      for (const node of nodes) this.named(node.ref, () => this.saveNode(node, ids, user, origin));
      this.graphs.push({ commits: this.stream.length, at: this.now(), nodes, ids });
      return ids;
    });
  }

  /** Says of a refusal which record of the transaction it is about. */
  private named(ref: string, save: () => void): void {
    try {
      save();
    } catch (refusal) {
      if (refusal instanceof SaveError && this.namesNodes) refusal.fault.node = ref;
      throw refusal;
    }
  }

  private saveNode(
    { ref, object, op, fields }: TransactionNode,
    ids: Record<string, string>,
    user: string,
    origin: string,
  ): void {
    const given = Object.fromEntries(
      Object.entries(fields).map(([name, value]) => [
        name,
        typeof value === 'object' && value !== null ? (ids[value.ref] ?? null) : value,
      ]),
    );
    if (op.kind === 'create') ids[ref] = this.create(object, given, user, origin);
    else if (op.kind === 'update') {
      this.update(op.id, given, user, origin);
      ids[ref] = op.id;
    } else ids[ref] = this.upsert(object, op.field, op.key, given, user, origin).id;
  }

  /** @throws SaveError */
  upsert(
    object: string,
    field: string,
    key: string,
    fields: SalesforceFields,
    user: string,
    origin: string,
  ): { id: string; created: boolean } {
    const known = this.byKey(object, field, key);
    if (known) {
      this.update(known.id, fields, user, origin);
      return { id: known.id, created: false };
    }
    return { id: this.create(object, { ...fields, [field]: key }, user, origin), created: true };
  }

  private save(
    record: SimRecord,
    given: SalesforceFields,
    { kind, user, origin }: { kind: 'create' | 'update'; user: string; origin: string },
  ): void {
    const before = kind === 'update' ? record.fields : undefined;
    const asked = { ...record.fields, ...this.parsed(record, given, user) };
    const fields = this.automate(record, asked, before, user);
    try {
      for (const [name, rule] of this.rules) this.effect(name, () => rule(record.object, fields, before, record.id));
    } catch (refusal) {
      this.refused.push({ recordId: record.id, fields: given });
      throw refusal;
    }
    this.requireUnique(record.object, record.id, fields);
    const changed = Object.fromEntries(
      Object.entries(fields).filter(([name, value]) =>
        before ? (before[name] ?? null) !== value : value !== null && value !== '',
      ),
    );
    if (Object.keys(changed).length === 0 && Object.keys(given).length > 0)
      this.idle.push({ recordId: record.id, user, operation: this.operation });
    if (before)
      for (const field of Object.keys(given))
        if ((before[field] ?? null) === (asked[field] ?? null) && this.lastSetBy(record.id, field) === user)
          this.givenAgain.push({ recordId: record.id, field, user, operation: this.operation });
    // Every save stamps the record, which is a change.
    this.keep(kind === 'create' ? undefined : record, { ...record, fields, modifiedAt: this.now(), modifiedBy: user });
    if (kind === 'create' || Object.keys(changed).length > 0 || this.publishesStamps)
      this.publish(record, kind, changed, user, origin);
  }

  /** Who has set the field last; of one that nobody has set, who has made the record. */
  private lastSetBy(recordId: string, field: string): string | undefined {
    const of = this.stream
      .flatMap(({ changes, hidden = changes }) => hidden)
      .filter((one) => one.recordId === recordId)
      .findLast(({ kind, fields }) => kind === 'create' || (kind === 'update' && field in fields));
    return of?.user;
  }

  private parsed({ id, object }: SimRecord, given: SalesforceFields, user: string): SalesforceFields {
    try {
      return storedIn(this.schema, object, given);
    } catch (refusal) {
      if (refusal instanceof SaveError && refusal.fault.code === 'JSON_PARSER_ERROR') this.unparsed.push({ id, user });
      throw refusal;
    }
  }

  private automate(
    { id, object }: SimRecord,
    asked: SalesforceFields,
    old: SalesforceFields | undefined,
    user: string,
  ): SalesforceFields {
    let fields = asked;
    for (const [name, automation] of this.automations) {
      const set = Object.entries(automation(object, fields, old, user)).filter(
        ([field, value]) => value !== fields[field],
      );
      if (set.length === 0) continue;
      this.onEffect(name);
      const before = fields;
      fields = { ...fields, ...Object.fromEntries(set) };
      this.open?.automated.push(
        ...set.map(([field, value]) => ({ at: 0, recordId: id, field, asked: before[field], value, user })),
      );
    }
    return fields;
  }

  private effect(name: string, rule: () => void): void {
    try {
      rule();
    } catch (refusal) {
      this.onEffect(name);
      throw refusal;
    }
  }

  private keep(before: SimRecord | undefined, after: SimRecord): void {
    if (this.open && !this.open.undo.has(after.id)) this.open.undo.set(after.id, before);
    this.records.set(after.id, after);
  }

  private publish(
    { id, object }: SimRecord,
    kind: SalesforceChange['kind'],
    fields: SalesforceFields,
    user: string,
    origin: string,
  ): void {
    if (!isFollowed(object) || !this.open) return;
    const eventId = `replay_${this.stream.length + 1}_${this.open.changes.length}`;
    this.open.changes.push({ source: 'salesforce', eventId, at: 0, object, recordId: id, kind, fields, user, origin });
  }

  private requireUnique(object: string, id: string, fields: SalesforceFields): void {
    for (const [name, value] of Object.entries(fields)) {
      if (!isUnique(object, name) || typeof value !== 'string' || value === '') continue;
      const holder = this.byKey(object, name, value);
      if (holder && holder.id !== id)
        throw new SaveError('DUPLICATE_VALUE', `duplicate value found: ${name}`, [name], 'exists', holder.id);
    }
  }
}
