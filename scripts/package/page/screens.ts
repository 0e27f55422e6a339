// What the page says of everything that a person opens: the app, pages, components, actions, guidance, reports and the
// dashboard.
import { filesOf, type MetadataFile, type PackageSource } from '../source.ts';
import { children, descendants, textOf, textsOf, type XmlElement } from '../xml.ts';
import { table } from './table.ts';

type Parsed = MetadataFile & { root: XmlElement };
const text = ({ root }: Parsed, element: string): string => textOf(root, element) ?? '';

export function appTexts(source: PackageSource): string[] {
  const tabs = new Map(filesOf(source, 'CustomTab').map((tab) => [tab.name, text(tab, 'description')]));
  return filesOf(source, 'CustomApplication').map((app) =>
    [
      `${text(app, 'label')} (\`${app.name}\`): ${text(app, 'description')}`,
      table(
        ['Tab', 'What it shows'],
        textsOf(app.root, 'tabs').map((tab) => [`\`${tab}\``, tabs.get(tab) ?? 'The platform’s own.']),
      ),
    ].join('\n\n'),
  );
}

export function pageTexts(source: PackageSource): string[] {
  const rows = filesOf(source, 'FlexiPage').map((page) => [
    text(page, 'masterLabel'),
    `\`${page.name}\``,
    text(page, 'sobjectType') || 'Home',
    text(page, 'description'),
  ]);
  return tableUnlessEmpty(['Page', 'API name', 'Of', 'What it shows'], rows);
}

export function componentTexts(source: PackageSource): string[] {
  const rows = filesOf(source, 'LightningComponentBundle').map((bundle) => [
    `\`${bundle.name.replace(/\.js$/, '')}\``,
    descendants(bundle.root)
      .filter((one) => one.name === 'target')
      .map((one) => `\`${one.text}\``)
      .join(', ') || 'inside others',
    text(bundle, 'description'),
  ]);
  return tableUnlessEmpty(['Component', 'Where it can be placed', 'What it shows'], rows);
}

export function actionTexts(source: PackageSource): string[] {
  const rows = filesOf(source, 'QuickAction').map((action) => [
    text(action, 'label'),
    `\`${action.name}\``,
    text(action, 'targetObject') && `creates \`${text(action, 'targetObject')}\``,
    text(action, 'description'),
  ]);
  return tableUnlessEmpty(['Action', 'API name', 'What it makes', 'What it is for'], rows);
}

export function promptTexts(source: PackageSource): string[] {
  return filesOf(source, 'Prompt').map(({ root }) =>
    table(
      ['Step', 'Beside the list of', 'Title', 'What it says'],
      children(root, 'promptVersions').map((step) => [
        textOf(step, 'stepNumber') ?? '',
        `\`${textOf(step, 'targetPageKey1') ?? ''}\``,
        textOf(step, 'title') ?? '',
        textOf(step, 'body') ?? '',
      ]),
    ),
  );
}

export function reportTexts(source: PackageSource): string[] {
  const types = filesOf(source, 'ReportType').map((type) => [
    text(type, 'label'),
    `\`${text(type, 'baseObject')}\``,
    text(type, 'description'),
  ]);
  const reports = filesOf(source, 'Report').map((report) => [
    text(report, 'name'),
    `\`${text(report, 'reportType').replace(/__c$/, '')}\``,
    text(report, 'description'),
  ]);
  return [
    ...tableUnlessEmpty(['Report', 'Of the type', 'What it shows'], reports),
    ...tableUnlessEmpty(['Report type', 'Of', 'What it is about'], types),
  ];
}

export function dashboardTexts(source: PackageSource): string[] {
  return filesOf(source, 'Dashboard').map((dashboard) => {
    const parts = descendants(dashboard.root).filter((one) => one.name === 'dashboardComponent');
    return [
      `${text(dashboard, 'title')} (\`${dashboard.name}\`): ${text(dashboard, 'description')}`,
      table(
        ['Component', 'Kind', 'Report'],
        parts.map((part) => [
          textOf(part, 'header') ?? '',
          textOf(part, 'componentType') ?? '',
          `\`${textOf(part, 'report') ?? ''}\``,
        ]),
      ),
    ].join('\n\n');
  });
}

function tableUnlessEmpty(head: string[], rows: string[][]): string[] {
  return rows.length === 0 ? [] : [table(head, rows)];
}
