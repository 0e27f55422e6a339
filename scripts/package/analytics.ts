// Report types, reports and dashboards: each names only fields, types and reports that exist. The platform takes a report
// with a column that is gone and shows it without.
import type { Findings } from './gate.ts';
import { hasField, isKnown, type PackageObject } from './objects.ts';
import { filesOf, type PackageSource } from './source.ts';
import { children, descendants, textOf, textsOf } from './xml.ts';

type Objects = ReadonlyMap<string, PackageObject>;

/** Elements of a report that name a column as `Object$Field`. */
const COLUMNS = ['field', 'column', 'groupingColumn', 'secondaryGroupingColumn', 'dateColumn'];
/** The column that counts rows has no field. */
const ROW_COUNT = 'RowCount';

export function checkAnalytics(source: PackageSource, objects: Objects, findings: Findings): void {
  const types = new Map<string, Set<string>>();
  for (const { path, name, root } of filesOf(source, 'ReportType')) {
    const base = textOf(root, 'baseObject') ?? '';
    findings.expect(base === 'Activity' || isKnown(objects, base), `${path}: is on ${base}, which does not exist`);
    const columns = descendants(root).filter((one) => one.name === 'columns');
    for (const column of columns) {
      const field = textOf(column, 'field') ?? '';
      findings.expect(hasColumn(objects, base, field), `${path}: ${base}.${field} does not exist`);
    }
    types.set(`${name}__c`, new Set(columns.map((column) => `${base}$${textOf(column, 'field') ?? ''}`)));
  }

  const reports = new Set<string>();
  for (const { path, root } of filesOf(source, 'Report')) {
    reports.add(path.split('/').slice(-2).join('/').replace('.report-meta.xml', ''));
    const columns = types.get(textOf(root, 'reportType') ?? '');
    findings.expect(columns !== undefined, `${path}: report type ${textOf(root, 'reportType') ?? ''} does not exist`);
    for (const one of descendants(root)) {
      if (!COLUMNS.includes(one.name) || one.children.length > 0 || one.text === ROW_COUNT) continue;
      findings.expect(columns?.has(one.text) === true, `${path}: ${one.text} is no column of its report type`);
    }
    const grouped = [...children(root, 'groupingsDown'), ...children(root, 'groupingsAcross')].flatMap((one) =>
      textsOf(one, 'field'),
    );
    for (const field of children(root, 'columns').flatMap((one) => textsOf(one, 'field'))) {
      findings.expect(!grouped.includes(field), `${path}: ${field} is a column and a grouping`);
    }
  }

  for (const { path, root } of filesOf(source, 'Dashboard')) {
    for (const report of descendants(root).flatMap((one) => textsOf(one, 'report'))) {
      findings.expect(reports.has(report), `${path}: report ${report} does not exist`);
    }
  }
}

/** Report types name a lookup without its Id, and have the standard fields of tasks and events on Activity. */
function hasColumn(objects: Objects, base: string, field: string): boolean {
  const bases = base === 'Activity' ? [base, 'Task'] : [base];
  return bases.some((object) => hasField(objects, object, field) || hasField(objects, object, `${field}Id`));
}
