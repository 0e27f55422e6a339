// Dashboards as they were deployed: a grid of components, and behind each the report that it draws: which records it counts and by
// which fields it groups them. What a chart here cannot be is refused by name.
// Source: Metadata API Developer Guide, "Dashboard", "Report", "ReportType".
import { installedIn } from '../../metadata/installed.ts';
import { childOf, childrenOf, parseXml, textOf, textsOf, type Element } from '../../metadata/xml.ts';
import type { Org } from '../../org.ts';

/** `notEqual` a blank, or one of some values. */
export interface Criterion {
  field: string;
  values: readonly string[];
}

export interface ChartOf {
  /** Objects whose records are counted together. */
  objects: string[];
  criteria: Criterion[];
  /** The field of the last 30 days. */
  dateField: string;
  /** Of the bars or slices, and of the parts of each bar. */
  groups: string[];
  shape: 'bar' | 'donut';
  /** The largest first; by label otherwise. */
  isByCount: boolean;
}

export interface DashboardComponent {
  key: string;
  header: string;
  /** In columns of twelve and rows of 36 px. */
  place: { column: number; row: number; width: number; height: number };
  chart?: ChartOf;
  /** Why it is not drawn. */
  problem?: string;
}

export interface Dashboard {
  /** Without its folder. */
  name: string;
  title: string;
  description: string;
  components: DashboardComponent[];
}

const SHAPES: Readonly<Record<string, ChartOf['shape']>> = {
  HorizontalBar: 'bar',
  HorizontalBarStacked: 'bar',
  Donut: 'donut',
};
/** Tasks and events together, where the org has them. */
const ACTIVITY = ['Task', 'Event'];
const ROW_COUNT = 'RowCount';

class NotDrawn extends Error {}

export function readDashboards(org: Org): Dashboard[] {
  return installedIn(org)
    .all('Dashboard')
    .flatMap(({ fullName, text }) => {
      const { name: root, element } = parseXml(text);
      if (root !== 'Dashboard') return [];
      const grid = childOf(element, 'dashboardGridLayout') ?? {};
      return [
        {
          name: fullName.split('/').at(-1) ?? '',
          title: textOf(element, 'title') ?? fullName,
          description: textOf(element, 'description') ?? '',
          components: childrenOf(grid, 'dashboardGridComponents').map((cell, index) => componentOf(org, cell, index)),
        },
      ];
    });
}

function componentOf(org: Org, cell: Element, index: number): DashboardComponent {
  const number = (name: string): number => Number(textOf(cell, name) ?? 0);
  const component = childOf(cell, 'dashboardComponent') ?? {};
  const base = {
    key: String(index),
    header: textOf(component, 'header') ?? '',
    place: {
      ...{ column: number('columnIndex'), row: number('rowIndex') },
      ...{ width: number('colSpan'), height: number('rowSpan') },
    },
  };
  try {
    if (textOf(component, 'useReportChart') !== 'true')
      throw new NotDrawn('A chart of the component itself is not in this host.');
    return { ...base, chart: chartOf(org, textOf(component, 'report') ?? '') };
  } catch (error) {
    if (error instanceof NotDrawn) return { ...base, problem: error.message };
    throw error;
  }
}

function chartOf(org: Org, name: string): ChartOf {
  const found = installedIn(org).get('Report', name);
  if (!found) throw new NotDrawn(`There is no report ${name}.`);
  const { element } = parseXml(found.text, 'Report');
  const chart = childOf(element, 'chart') ?? {};
  const type = textOf(chart, 'chartType') ?? '';
  const shape = SHAPES[type];
  if (!shape) throw new NotDrawn(`The chart ${type} is not in this host.`);
  const counted = childrenOf(chart, 'chartSummaries').flatMap((one) => textsOf(one, 'column'));
  if (counted.join() !== ROW_COUNT) throw new NotDrawn(`The summary ${counted.join(', ')} is not in this host.`);
  const time = childOf(element, 'timeFrameFilter') ?? {};
  const interval = textOf(time, 'interval');
  if (interval !== undefined && interval !== 'INTERVAL_LAST30')
    throw new NotDrawn(`The interval ${interval} is not in this host.`);
  const base = baseOf(org, textOf(element, 'reportType') ?? '');
  const first = textOf(chart, 'groupingColumn') ?? '';
  const grouping = [...childrenOf(element, 'groupingsDown'), ...childrenOf(element, 'groupingsAcross')].find(
    (one) => textOf(one, 'field') === first,
  );
  return {
    objects: (base === 'Activity' ? ACTIVITY : [base]).filter((object) => org.schema.find(object)),
    criteria: childrenOf(childOf(element, 'filter') ?? {}, 'criteriaItems').map(criterionOf),
    dateField: fieldOf(textOf(time, 'dateColumn') ?? ''),
    groups: [first, textOf(chart, 'secondaryGroupingColumn') ?? ''].filter((column) => column !== '').map(fieldOf),
    shape,
    isByCount: textOf(grouping ?? {}, 'sortType') === 'Aggregate',
  };
}

function baseOf(org: Org, reportType: string): string {
  const name = reportType.replace(/__c$/, '');
  const found = installedIn(org)
    .all('ReportType')
    .find(({ fullName }) => fullName === name || fullName.endsWith(`__${name}`));
  if (!found) throw new NotDrawn(`The report type ${reportType} is not in this host.`);
  return textOf(parseXml(found.text, 'ReportType').element, 'baseObject') ?? '';
}

function criterionOf(item: Element): Criterion {
  const operator = textOf(item, 'operator');
  const values = (textOf(item, 'value') ?? '').split(',').filter((value) => value !== '');
  const isKnown = (operator === 'equals' && values.length > 0) || (operator === 'notEqual' && values.length === 0);
  if (!isKnown) throw new NotDrawn(`The filter ${operator ?? ''} is not in this host.`);
  return { field: fieldOf(textOf(item, 'column') ?? ''), values };
}

/** `Integration_Report__c$Code__c` → `Code__c`; a report names a lookup by itself and shows the name behind it. */
function fieldOf(column: string): string {
  const field = column.split('$').at(-1) ?? '';
  return field === 'Owner' ? 'Owner.Name' : field;
}
