// The errors of the record modules (`FetchResponse`), of GraphQL wires (a list) and of the browser, in one shape.

export interface Failure {
  codes: string[];
  /** Sentences of Salesforce, in the user's language. */
  messages: string[];
  fields: Record<string, string>;
  status: number | undefined;
}

export function read(error: unknown): Failure {
  if (Array.isArray(error)) return merge(error.map(readOne));
  const status = partOf(error, 'status');
  const body = partOf(error, 'body');
  const failure = body === undefined ? readOne(error) : Array.isArray(body) ? merge(body.map(readOne)) : readBody(body);
  return { ...failure, status: typeof status === 'number' ? status : failure.status };
}

/** GraphQL names what it does not know, or keeps from the user, in the message alone. */
const INVALID = /^Validation error \((\w+)@/;

/** `{ message, errorCode, extensions }` of a row, of GraphQL, or an Error of the browser. */
function readOne(error: unknown): Failure {
  const extensions = partOf(error, 'extensions');
  const message = partOf(error, 'message');
  const codes = [
    INVALID.exec(String(message))?.[1],
    ...[partOf(error, 'errorCode'), partOf(extensions, 'ErrorType'), partOf(extensions, 'errorCode')],
  ];
  return { codes: texts(codes), messages: texts([message]), fields: {}, status: undefined };
}

/** Of the record modules: the reasons stand in `output`, the message only says that there are some. */
function readBody(body: unknown): Failure {
  const output = partOf(body, 'output');
  const own = readOne(body);
  const errors = partOf(output, 'errors');
  const byField = Object.values(Object(partOf(output, 'fieldErrors')) as Record<string, unknown>).flat();
  const reasons = [...(Array.isArray(errors) ? (errors as unknown[]) : []), ...byField];
  if (reasons.length === 0) return own;
  const fields = Object.fromEntries(
    byField.map((one) => [String(partOf(one, 'field')), String(partOf(one, 'message'))]),
  );
  const { codes, messages } = merge(reasons.map(readOne));
  return { codes: [...codes, ...own.codes], messages, fields, status: undefined };
}

function merge(failures: readonly Failure[]): Failure {
  return {
    codes: failures.flatMap(({ codes }) => codes),
    messages: [...new Set(failures.flatMap(({ messages }) => messages))],
    fields: Object.assign({}, ...failures.map(({ fields }) => fields)) as Record<string, string>,
    status: undefined,
  };
}

function texts(values: readonly unknown[]): string[] {
  return values.filter((value): value is string => typeof value === 'string' && value !== '');
}

function partOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
