// What a chart of a dashboard counts, asked of the org as whoever looks: records, access and labels are this user's.
import type { ChartOf } from '../metadata/dashboards.ts';
import { request } from './http.ts';
import { readOnce } from './metadataApi.ts';

export interface Bar {
  label: string;
  count: number;
  parts: { label: string; count: number }[];
}

interface Info {
  fields: Record<string, { dataType: string } | undefined>;
}
type Group = { n: number } & Record<string, string | number | null>;

const MASTER_RECORD_TYPE = '012000000000000AAA';
const DAYS = 30;
/** As reports name what is blank. */
const BLANK = '-';

export async function readChart(chart: ChartOf): Promise<Bar[]> {
  const bars = new Map<string, Bar>();
  for (const object of chart.objects) {
    const info = (await readOnce(`/ui-api/object-info/${object}`)) as Info;
    const { records } = (await request('GET', `/query?q=${encodeURIComponent(queryOf(chart, object, info))}`)) as {
      records: Group[];
    };
    const labels = await Promise.all(chart.groups.map((field) => labelsOf(object, field, info)));
    for (const { n, ...values } of records) {
      const [first = BLANK, second] = labels.map((of, index) => of(values[`g${index}`]));
      const bar = bars.get(first) ?? { label: first, count: 0, parts: [] };
      bars.set(first, bar);
      bar.count += n;
      const part = bar.parts.find(({ label }) => label === (second ?? first));
      if (part) part.count += n;
      else bar.parts.push({ label: second ?? first, count: n });
    }
  }
  const byLabel = (one: { label: string }, other: { label: string }): number => one.label.localeCompare(other.label);
  for (const { parts } of bars.values()) parts.sort(byLabel);
  return [...bars.values()].sort((one, other) => (chart.isByCount && other.count - one.count) || byLabel(one, other));
}

function queryOf({ criteria, dateField, groups }: ChartOf, object: string, info: Info): string {
  const since = new Date(Date.now() - DAYS * 86_400_000).toISOString();
  const isDate = info.fields[dateField]?.dataType === 'Date';
  const conditions = [
    ...criteria.map(({ field, values }) =>
      values.length === 0 ? `${field} != null` : `${field} IN (${values.map((value) => `'${value}'`).join(', ')})`,
    ),
    ...(dateField === '' ? [] : [`${dateField} >= ${isDate ? since.slice(0, 10) : since}`]),
  ];
  const columns = groups.map((field, index) => `${field} g${index}`);
  const where = conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '';
  return `SELECT ${columns.join(', ')}, COUNT(Id) n FROM ${object} ${where} GROUP BY ${groups.join(', ')}`;
}

async function labelsOf(object: string, field: string, info: Info): Promise<(value: unknown) => string> {
  const known = new Map<string, string>();
  if (info.fields[field]?.dataType === 'Picklist') {
    const path = `/ui-api/object-info/${object}/picklist-values/${MASTER_RECORD_TYPE}/${field}`;
    const { values } = (await readOnce(path)) as { values: { value: string; label: string }[] };
    for (const { value, label } of values) known.set(value, label);
  }
  return (value) => (value === null || value === undefined ? BLANK : (known.get(String(value)) ?? String(value)));
}
