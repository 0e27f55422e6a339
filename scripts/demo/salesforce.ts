// The org as its administrator sees it, over REST. Names of the package are written without the namespace.
import type { Connection, Record as Row, SaveError, SaveResult } from 'jsforce';

export type Value = string | number | boolean | null;
export type Fields = Record<string, Value>;

export class Salesforce {
  readonly connection: Connection;
  /** API calls that this client has spent. */
  calls = 0;
  private readonly prefix: string;

  /** @param prefix '' or `ns__` */
  constructor(connection: Connection, prefix: string) {
    this.connection = connection;
    this.prefix = prefix;
  }

  /** @returns the new record's id. @throws with Salesforce's own words when it is refused */
  async create(object: string, fields: Fields): Promise<string> {
    const [id] = await this.createMany(object, [fields]);
    return id ?? '';
  }

  /** One call. @returns the ids, in order */
  async createMany(object: string, rows: readonly Fields[]): Promise<string[]> {
    this.calls += 1;
    const results = await this.connection.sobject(this.full(object)).create(rows.map((row) => this.named(row)));
    return results.map(idOf);
  }

  async update(object: string, id: string, fields: Fields): Promise<void> {
    await this.updateMany(object, [{ Id: id, ...fields }]);
  }

  /** One call. Each row has its Id. */
  async updateMany(object: string, rows: readonly (Fields & { Id: string })[]): Promise<void> {
    this.calls += 1;
    const named = rows.map((row) => ({ ...this.named(row), Id: row.Id }));
    (await this.connection.sobject(this.full(object)).update(named)).forEach(idOf);
  }

  /** Records that fulfil jsforce's conditions, oldest first. */
  async find<F extends string>(
    object: string,
    where: Record<string, unknown>,
    fields: readonly F[],
  ): Promise<Record<F | 'Id', Value>[]> {
    this.calls += 1;
    const conditions = Object.entries(where).map(([name, value]) => [this.full(name), value]);
    const rows: Row[] = await this.connection
      .sobject(this.full(object))
      .find(Object.fromEntries(conditions) as object, ['Id', ...fields.map((name) => this.full(name))])
      .sort('Id')
      .execute({ autoFetch: true, maxFetch: 10_000 });
    return rows.map((row) => {
      const entries = (['Id', ...fields] as const).map((name) => [name, row[this.full(name)] as Value]);
      return Object.fromEntries(entries) as Record<F | 'Id', Value>;
    });
  }

  async get<F extends string>(
    object: string,
    id: string,
    fields: readonly F[],
  ): Promise<Record<F | 'Id', Value> | undefined> {
    return (await this.find(object, { Id: id }, fields))[0];
  }

  /** Of the day's allocations, what everyone together has used. */
  async used(): Promise<{ apiCalls: number; events: number }> {
    this.calls += 1;
    const limits = await this.connection.limits();
    const used = (name: string): number => (limits[name]?.Max ?? 0) - (limits[name]?.Remaining ?? 0);
    return { apiCalls: used('DailyApiRequests'), events: used('DailyDeliveredPlatformEvents') };
  }

  private full(name: string): string {
    return name.endsWith('__c') ? this.prefix + name : name;
  }

  private named(fields: Fields): Fields {
    return Object.fromEntries(Object.entries(fields).map(([name, value]) => [this.full(name), value]));
  }
}

function idOf(result: SaveResult): string {
  if (result.success) return result.id;
  // jsforce's type has the name that a single save gives the code; one of several is answered with this.
  const errors = result.errors as (SaveError & { statusCode?: string })[];
  throw new Error(
    errors.map(({ statusCode, errorCode, message }) => `${statusCode ?? errorCode}: ${message}`).join('; '),
  );
}
