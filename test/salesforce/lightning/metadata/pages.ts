// Lightning pages as they were deployed: a template, its regions, and in each the components with their properties.
// Source: Metadata API Developer Guide, "FlexiPage".
import { installedIn } from '../../metadata/installed.ts';
import { childrenOf, parseXml, textOf, type Element } from '../../metadata/xml.ts';
import type { Org } from '../../org.ts';
import type { Words } from './words.ts';

export interface PageComponent {
  /** `c:statusSentence`, `force:highlightsPanel` */
  component: string;
  identifier: string;
  properties: Record<string, string>;
}

export interface Page {
  name: string;
  label: string;
  /** `HomePage`, `AppPage`, `RecordPage` */
  kind: string;
  object?: string;
  /** `home:desktopTemplate` */
  template: string;
  /** By name, facets of other components among them. */
  regions: Record<string, PageComponent[]>;
}

/** Merge fields of labels inside a property: `{!$Label.Home_Welcome}`, `{!$Label.c.Home_Welcome}`. */
const LABEL = /\{!\$Label\.(?:\w+\.)?(\w+)\}/g;

export function readPages(org: Org, words: Words): Page[] {
  return installedIn(org)
    .all('FlexiPage')
    .map(({ fullName, text }) => {
      const { element } = parseXml(text, 'FlexiPage');
      const object = textOf(element, 'sobjectType');
      const [template] = childrenOf(element, 'template');
      return {
        name: fullName,
        label: textOf(element, 'masterLabel') ?? fullName,
        kind: textOf(element, 'type') ?? '',
        ...(object !== undefined && { object }),
        template: (template && textOf(template, 'name')) ?? '',
        regions: Object.fromEntries(
          childrenOf(element, 'flexiPageRegions').map((region) => [
            textOf(region, 'name') ?? '',
            componentsOf(region, words),
          ]),
        ),
      };
    });
}

function componentsOf(region: Element, words: Words): PageComponent[] {
  return childrenOf(region, 'itemInstances').map((item) => {
    const [field] = childrenOf(item, 'fieldInstance');
    const [component] = childrenOf(item, 'componentInstance');
    const instance = component ?? field ?? {};
    const properties = childrenOf(instance, component ? 'componentInstanceProperties' : 'fieldInstanceProperties');
    return {
      component: component
        ? (textOf(component, 'componentName') ?? '')
        : `field:${(field && textOf(field, 'fieldItem')) ?? ''}`,
      identifier: textOf(instance, 'identifier') ?? '',
      properties: Object.fromEntries(
        properties.map((property) => [
          textOf(property, 'name') ?? '',
          (textOf(property, 'value') ?? '').replace(LABEL, (whole, name: string) => words.labels[name] ?? whole),
        ]),
      ),
    };
  });
}
