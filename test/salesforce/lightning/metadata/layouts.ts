// Page layouts and compact layouts as they were deployed. Source: Metadata API Developer Guide, "Layout", "CompactLayout".
import { installedIn } from '../../metadata/installed.ts';
import { childrenOf, flagOf, parseXml, textOf, textsOf } from '../../metadata/xml.ts';
import type { Org } from '../../org.ts';
import type { Words } from './words.ts';

export interface LayoutField {
  name: string;
  /** `Edit`, `Required`, `Readonly` */
  behavior: string;
}

export interface Layout {
  object: string;
  sections: { label: string; hasHeading: boolean; columns: LayoutField[][] }[];
  relatedLists: { name: string; fields: string[] }[];
  /** Of the highlights panel, the first one is the record's name. */
  highlights: string[];
  actions: string[];
}

export function readLayouts(org: Org, words: Words): Layout[] {
  const highlights = new Map<string, string[]>();
  for (const { fullName, text } of installedIn(org).all('CustomObject')) {
    const { element } = parseXml(text, 'CustomObject');
    const compact = childrenOf(element, 'compactLayouts');
    const assigned = textOf(element, 'compactLayoutAssignment');
    const chosen = compact.find((one) => textOf(one, 'fullName') === assigned) ?? compact[0];
    if (chosen) highlights.set(fullName, textsOf(chosen, 'fields'));
  }
  return installedIn(org)
    .all('Layout')
    .map(({ fullName, text }) => {
      const object = fullName.slice(0, fullName.indexOf('-'));
      const { element } = parseXml(text, 'Layout');
      return {
        object,
        sections: childrenOf(element, 'layoutSections').map((section) => ({
          label: words.section(object, textOf(section, 'label') ?? ''),
          hasHeading: flagOf(section, 'detailHeading'),
          columns: childrenOf(section, 'layoutColumns').map((column) =>
            childrenOf(column, 'layoutItems').flatMap((item) => {
              const name = textOf(item, 'field');
              return name === undefined ? [] : [{ name, behavior: textOf(item, 'behavior') ?? 'Edit' }];
            }),
          ),
        })),
        relatedLists: childrenOf(element, 'relatedLists').map((list) => ({
          name: textOf(list, 'relatedList') ?? '',
          fields: textsOf(list, 'fields'),
        })),
        highlights: highlights.get(object) ?? [],
        actions: childrenOf(element, 'platformActionList')
          .flatMap((list) => childrenOf(list, 'platformActionListItems'))
          .flatMap((item) => textOf(item, 'actionName') ?? []),
      };
    });
}
