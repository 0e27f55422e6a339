// As much of PromQL as the alert rules and the dashboard are written in, by the rules of Prometheus (its documentation, "Querying": lookback,
// staleness, extrapolation of `increase`). What it does not know it refuses, so that no expression is read as something else.

export type Labels = Readonly<Record<string, string>>;

/** A sample of an instant vector. */
export interface Sample {
  labels: Labels;
  value: number;
}

/** A point of a series; absent where the scrape had it no more (staleness). */
export interface Point {
  /** ms since the epoch */
  at: number;
  value: number | undefined;
}

export interface Series {
  /** With `__name__`. */
  labels: Labels;
  /** In the order of time. */
  points: Point[];
}

/** @throws Error where the expression is none, or needs what is not known here */
export function evaluate(expression: string, series: readonly Series[], at: number): Sample[] {
  const tokens = tokensOf(expression);
  const tree = new Parser(tokens, expression).whole();
  return run(tree, series, at);
}

const LOOKBACK_MS = 300_000;
const UNITS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const COMPARISONS: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '>': (a, b) => a > b,
  '<': (a, b) => a < b,
  '>=': (a, b) => a >= b,
  '<=': (a, b) => a <= b,
};
const AGGREGATIONS: Readonly<Record<string, (values: number[]) => number>> = {
  sum: (values) => values.reduce((a, b) => a + b, 0),
  max: (values) => Math.max(...values),
  min: (values) => Math.min(...values),
  count: (values) => values.length,
};
const FUNCTIONS: ReadonlySet<string> = new Set(['increase', 'rate', 'delta']);
const MATCHERS: Readonly<Record<string, (has: string, wanted: string) => boolean>> = {
  '=': (has, wanted) => has === wanted,
  '!=': (has, wanted) => has !== wanted,
  '=~': (has, wanted) => new RegExp(`^(?:${wanted})$`).test(has),
  '!~': (has, wanted) => !new RegExp(`^(?:${wanted})$`).test(has),
};

interface Selector {
  kind: 'selector';
  name: string;
  matchers: { label: string; operator: string; value: string }[];
}
type Tree =
  | Selector
  | { kind: 'compare'; of: Tree; operator: string; with: number }
  | { kind: 'aggregate'; of: Tree; name: string; by: string[] }
  | { kind: 'over'; of: Selector; name: string; rangeMs: number };

const TOKEN =
  /\s*(?:(?<string>"(?:[^"\\]|\\.)*")|(?<duration>\d+(?:ms|[smhdwy])(?![a-zA-Z0-9_]))|(?<number>\d+(?:\.\d+)?(?:e[+-]?\d+)?)|(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)|(?<sign>=~|!~|==|!=|>=|<=|[=<>{}()[\],]))/y;

interface Token {
  kind: string;
  text: string;
}

function tokensOf(expression: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < expression.trimEnd().length) {
    const from = TOKEN.lastIndex;
    const groups = TOKEN.exec(expression)?.groups ?? {};
    const [kind, text] = Object.entries(groups).find(([, one]) => one !== undefined) ?? [];
    if (kind === undefined || text === undefined) throw new Error(`Not known: ${expression.slice(from)}`);
    tokens.push({ kind, text });
  }
  return tokens;
}

class Parser {
  private readonly tokens: Token[];
  private readonly expression: string;
  private place = 0;

  constructor(tokens: Token[], expression: string) {
    this.tokens = tokens;
    this.expression = expression;
  }

  whole(): Tree {
    const tree = this.comparison();
    if (this.place < this.tokens.length) this.fail();
    return tree;
  }

  private comparison(): Tree {
    const of = this.operand();
    const operator = this.next((one) => one.text in COMPARISONS);
    return operator ? { kind: 'compare', of, operator, with: Number(this.expect('number')) } : of;
  }

  private operand(): Tree {
    const name = this.expect('name');
    if (name in AGGREGATIONS) return this.aggregation(name);
    if (!this.next(({ text }) => text === '(')) return this.selector(name);
    if (!FUNCTIONS.has(name)) this.fail();
    const of = this.selector(this.expect('name'));
    this.sign('[');
    const range = this.expect('duration');
    this.sign(']');
    this.sign(')');
    return { kind: 'over', of, name, rangeMs: msOf(range) };
  }

  private aggregation(name: string): Tree {
    const before = this.grouping();
    this.sign('(');
    const of = this.comparison();
    this.sign(')');
    return { kind: 'aggregate', of, name, by: before ?? this.grouping() ?? [] };
  }

  private grouping(): string[] | undefined {
    if (!this.next(({ text }) => text === 'by')) return undefined;
    this.sign('(');
    const labels = this.list(')', () => this.expect('name'));
    return labels;
  }

  private selector(name: string): Selector {
    const matchers = this.next(({ text }) => text === '{')
      ? this.list('}', () => {
          const label = this.expect('name');
          const operator = this.next((one) => one.text in MATCHERS) ?? this.fail();
          return { label, operator, value: JSON.parse(this.expect('string')) as string };
        })
      : [];
    return { kind: 'selector', name, matchers };
  }

  private list<T>(end: string, item: () => T): T[] {
    const items: T[] = [];
    while (!this.next(({ text }) => text === end)) {
      if (items.length > 0) this.sign(',');
      items.push(item());
    }
    return items;
  }

  private next(is: (token: Token) => boolean): string | undefined {
    const token = this.tokens[this.place];
    if (!token || token.kind === 'string' || !is(token)) return undefined;
    this.place += 1;
    return token.text;
  }

  private expect(kind: string): string {
    const token = this.tokens[this.place];
    if (token?.kind !== kind) return this.fail();
    this.place += 1;
    return token.text;
  }

  private sign(text: string): void {
    if (!this.next((token) => token.text === text)) this.fail();
  }

  private fail(): never {
    throw new Error(`Not known: ${this.tokens[this.place]?.text ?? 'the end'} in ${this.expression}`);
  }
}

/** @throws Error where it is no duration in one unit */
export function msOf(duration: string): number {
  const [, count = '', unit = ''] = /^(\d+)([smhd])$/.exec(duration) ?? [];
  const ms = UNITS[unit];
  if (ms === undefined) throw new Error(`Not known: the duration ${duration}`);
  return Number(count) * ms;
}

/** @returns one sample of each series that has any as of this time */
function run(tree: Tree, series: readonly Series[], at: number): Sample[] {
  switch (tree.kind) {
    case 'selector':
      return matching(tree, series).flatMap(({ labels, points }) => {
        const last = points.findLast((point) => point.at <= at);
        return last?.value === undefined || last.at <= at - LOOKBACK_MS ? [] : [{ labels, value: last.value }];
      });
    case 'over':
      return matching(tree.of, series).flatMap(({ labels, points }) => {
        const within = points.filter((point) => point.at > at - tree.rangeMs && point.at <= at);
        const value = change(tree.name, within, at - tree.rangeMs, at);
        return value === undefined ? [] : [{ labels: without(labels), value }];
      });
    case 'compare': {
      const holds = COMPARISONS[tree.operator];
      return run(tree.of, series, at).filter(({ value }) => holds?.(value, tree.with));
    }
    case 'aggregate': {
      const groups = Map.groupBy(run(tree.of, series, at), ({ labels }) =>
        JSON.stringify(tree.by.flatMap((name) => (labels[name] ? [[name, labels[name]]] : []))),
      );
      const aggregate = AGGREGATIONS[tree.name] ?? (() => Number.NaN);
      return [...groups].map(([key, samples]) => ({
        labels: Object.fromEntries(JSON.parse(key) as [string, string][]),
        value: aggregate(samples.map(({ value }) => value)),
      }));
    }
  }
}

function matching({ name, matchers }: Selector, series: readonly Series[]): Series[] {
  return series.filter(
    ({ labels }) =>
      labels['__name__'] === name &&
      matchers.every(({ label, operator, value }) => MATCHERS[operator]?.(labels[label] ?? '', value)),
  );
}

const without = ({ __name__: _, ...labels }: Labels): Labels => labels;

/** `extrapolatedRate` of Prometheus (promql/functions.go): a series that has one point in the range has no change in it. */
function change(name: string, all: readonly Point[], from: number, to: number): number | undefined {
  const points = all.flatMap(({ at, value }) => (value === undefined ? [] : [{ at, value }]));
  const [first] = points;
  const last = points.at(-1);
  if (!first || !last || points.length < 2) return undefined;
  const isCounter = name !== 'delta';
  let difference = last.value - first.value;
  if (isCounter)
    points.forEach(({ value }, index) => {
      // It began anew.
      const { value: before = value } = points[index - 1] ?? {};
      if (value < before) difference += before;
    });
  const sampled = last.at - first.at;
  const average = sampled / (points.length - 1);
  const reach = (ms: number): number => (ms >= average * 1.1 ? average / 2 : ms);
  let before = reach(first.at - from);
  // No counter was below 0.
  if (isCounter && difference > 0 && first.value >= 0) before = Math.min(before, sampled * (first.value / difference));
  const extrapolated = difference * ((sampled + before + reach(to - last.at)) / sampled);
  return name === 'rate' ? extrapolated / ((to - from) / 1000) : extrapolated;
}
