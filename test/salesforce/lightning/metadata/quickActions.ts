// Quick actions of records: those that create a record, and those that open a component.
// Source: Metadata API Developer Guide, "QuickAction"; LWC guide, "Quick Actions".
import { installedIn } from '../../metadata/installed.ts';
import { childrenOf, parseXml, textOf } from '../../metadata/xml.ts';
import type { Org } from '../../org.ts';
import { installedName } from './app.ts';
import type { Words } from './words.ts';

export interface QuickAction {
  /** `Lead.Sync_Now` */
  name: string;
  /** Undefined for a global action. */
  object?: string;
  label: string;
  kind: 'create' | 'component' | 'unsupported';
  /** A bundle, or the object of the new record. */
  target: string;
  /** Of the new record, filled with the record that the action stands on. */
  parentField?: string;
  fields: { name: string; behavior: string }[];
  successMessage?: string;
}

export function readActions(org: Org, words: Words): QuickAction[] {
  return installedIn(org)
    .all('QuickAction')
    .map(({ fullName, text }) => {
      const { element } = parseXml(text, 'QuickAction');
      const [object, action] = fullName.split('.');
      const kinds: Readonly<Record<string, QuickAction['kind']>> = {
        Create: 'create',
        LightningWebComponent: 'component',
      };
      const kind = kinds[textOf(element, 'type') ?? ''] ?? 'unsupported';
      const target = textOf(element, kind === 'component' ? 'lightningWebComponent' : 'targetObject') ?? '';
      const parentField = textOf(element, 'targetParentField');
      const successMessage = textOf(element, 'successMessage');
      return {
        name: fullName,
        ...(action !== undefined && object !== undefined && { object }),
        label: words.action(fullName) ?? textOf(element, 'label') ?? fullName,
        kind,
        target: kind === 'component' ? installedName(org, target) : target,
        ...(parentField !== undefined && { parentField }),
        ...(successMessage !== undefined && { successMessage }),
        fields: childrenOf(element, 'quickActionLayout')
          .flatMap((layout) => childrenOf(layout, 'quickActionLayoutColumns'))
          .flatMap((column) => childrenOf(column, 'quickActionLayoutItems'))
          .flatMap((item) => {
            const name = textOf(item, 'field');
            return name === undefined ? [] : [{ name, behavior: textOf(item, 'uiBehavior') ?? 'Edit' }];
          }),
      };
    });
}
