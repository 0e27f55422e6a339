// Queries and mutations of components. An answer is kept and shared by all who ask the same, and follows its records: when
// one of them changes, a new answer is emitted with the new values. Whether a record still fits the query is asked of the
// org only when somebody refreshes. Source: LWC guide, "lightning/graphql", "refresh", "executeMutation"; GraphQL API
// Developer Guide, "Update Cached Query Results".
import { adapterOf } from './adapter.ts';
import { frozen, isSame } from './freeze.ts';
import { GraphqlDocument } from './graphqlDocument.ts';
import { request, type FetchError } from './http.ts';
import { store } from './records.ts';

export interface GraphqlError {
  message: string;
  [part: string]: unknown;
}
interface Answer {
  data: unknown;
  errors: GraphqlError[] | undefined;
}
export interface GraphqlResult extends Answer {
  refresh: () => Promise<void>;
}
interface Config {
  query: Query;
  variables?: Record<string, unknown>;
  operationName?: string;
}
/** What `gql` makes. */
export interface Query {
  readonly loc: { readonly source: string };
}

/** Answers are asked for again after this time. Source: LWC guide, "Data Caching". */
const FRESH_MS = 30_000;
const documents = new WeakMap<Query, GraphqlDocument>();

/** @throws GraphQLError with line and column where the text is no GraphQL */
export function gql(texts: TemplateStringsArray, ...parts: unknown[]): Query {
  const inner = parts.map((part) =>
    typeof part === 'object' && part !== null && documents.has(part as Query)
      ? (part as Query).loc.source
      : String(part),
  );
  const source = texts.reduce((whole, text, index) => whole + String(inner[index - 1] ?? '') + text);
  const query: Query = frozen({ loc: { source } });
  documents.set(query, new GraphqlDocument(source));
  return query;
}

function documentOf(query: unknown): GraphqlDocument {
  const document = typeof query === 'object' && query !== null ? documents.get(query as Query) : undefined;
  if (!document) throw new TypeError('A GraphQL query must be made by the template tag gql.');
  return document;
}

async function run(document: GraphqlDocument, variables: unknown, operationName: string | undefined): Promise<Answer> {
  const body = {
    query: document.query,
    variables: variables ?? {},
    ...(operationName !== undefined && { operationName }),
  };
  try {
    const { data, errors } = (await request('POST', '/graphql', body)) as Partial<Answer>;
    return { data: data ?? undefined, errors: errors && errors.length > 0 ? errors : undefined };
  } catch (error) {
    return { data: undefined, errors: messagesOf(error as FetchError) };
  }
}

function messagesOf({ body, status }: FetchError): GraphqlError[] {
  const parts = Array.isArray(body) ? (body as unknown[]) : [body];
  return parts.map((part) => {
    const { message, errorCode } = (part ?? {}) as { message?: string; errorCode?: string };
    return { message: message ?? `HTTP ${status}`, extensions: { status, errorCode } };
  });
}

/** One query with its variables, for all the wires that ask it. */
class Shared {
  readonly listeners = new Set<(answer: Answer) => void>();
  latest: Answer | undefined;
  private raw: Answer | undefined;
  private at = Number.NEGATIVE_INFINITY;
  private running: Promise<void> | undefined;
  private ids = new Set<string>();
  private readonly ask: () => Promise<Answer>;
  private readonly document: GraphqlDocument;

  constructor(document: GraphqlDocument, ask: () => Promise<Answer>) {
    this.document = document;
    this.ask = ask;
    store.watch((changed) => {
      if (this.raw && [...this.ids].some((id) => changed.has(id))) this.follow();
    });
  }

  get isFresh(): boolean {
    return Date.now() - this.at < FRESH_MS;
  }

  read(): Promise<void> {
    this.running ??= this.readNow().finally(() => (this.running = undefined));
    return this.running;
  }

  /** Not satisfied by a request that began before: what is wanted is what the org has now. */
  async refresh(): Promise<void> {
    await this.running;
    await this.read();
  }

  private async readNow(): Promise<void> {
    const answer = await this.ask();
    this.raw = undefined;
    const records = this.document.recordsIn(answer.data);
    store.ingestFields(records);
    this.ids = new Set(records.map(({ id }) => id));
    this.raw = answer;
    this.at = answer.errors ? Number.NEGATIVE_INFINITY : Date.now();
    this.show({ ...answer, data: this.document.shape(answer.data, () => undefined) });
  }

  /** A record of the answer has changed. */
  private follow(): void {
    const data = this.document.shape(this.raw?.data, (id, name) => store.field(id, name));
    if (data === undefined) {
      if (this.listeners.size > 0) void this.refresh();
      else this.at = Number.NEGATIVE_INFINITY;
      return;
    }
    this.show({ data, errors: this.raw?.errors });
  }

  private show(answer: Answer): void {
    if (this.latest && isSame(this.latest, answer)) return;
    this.latest = frozen(answer);
    for (const listener of [...this.listeners]) listener(this.latest);
  }
}

const shared = new Map<string, Shared>();

export const graphql = adapterOf<Config, GraphqlResult | { data: undefined; errors: undefined }>({
  initial: Object.freeze({ data: undefined, errors: undefined }),
  isComplete: ({ query, variables }) =>
    query !== undefined && documentOf(query).required.every((name) => variables?.[name] !== undefined),
  watch({ query, variables, operationName }, emit) {
    const document = documentOf(query);
    const key = JSON.stringify([document.source, variables ?? {}, operationName ?? '']);
    const source = shared.get(key) ?? new Shared(document, () => run(document, variables, operationName));
    shared.set(key, source);
    const refresh = (): Promise<void> => source.refresh();
    let isCalled = false;
    const listener = (answer: Answer): void => {
      isCalled = true;
      emit({ ...answer, refresh });
    };
    source.listeners.add(listener);
    if (source.latest && source.isFresh) listener(source.latest);
    // Where the org says what it said before, no listener is called; a new listener needs it all the same.
    else void source.read().then(() => void (!isCalled && source.latest && listener(source.latest)));
    return () => void source.listeners.delete(listener);
  },
});

/** What it changed is seen by wires after their refresh, as the platform documents it. */
export async function executeMutation(config: Config): Promise<Answer> {
  const document = documentOf(config.query);
  const answer = await run(document, config.variables, config.operationName);
  return frozen(answer);
}
