// The icon and the colour of an object on pages: of a standard object its own, of a custom one those of its tab.
// Source: User Interface API Developer Guide, "Theme Info"; Metadata API Developer Guide, "CustomTab" motif.
import type { ObjectDef } from '../model.ts';
import type { Org } from '../org.ts';
import { tabsOf } from './components.ts';

export interface ThemeInfo {
  color: string;
  iconUrl: string;
}

const STANDARD: Readonly<Record<string, { icon: string; color: string }>> = {
  Account: { icon: 'account', color: '5867E8' },
  Contact: { icon: 'contact', color: '9602C7' },
  Lead: { icon: 'lead', color: 'FF538A' },
  Opportunity: { icon: 'opportunity', color: 'FF5D2D' },
  Pricebook2: { icon: 'pricebook', color: '7F8DE1' },
  Product2: { icon: 'product', color: 'B781D3' },
  Task: { icon: 'task', color: '3BA755' },
  User: { icon: 'user', color: '2F98DE' },
};
/** Custom objects without a tab look alike. */
const COLOR = '57A6DC';

/** Null where the object has neither an icon of its own nor a tab. */
export function themeOf(org: Org, object: ObjectDef): ThemeInfo | null {
  const standard = STANDARD[object.name];
  if (standard) return { color: standard.color, iconUrl: urlOf(org, `standard/${standard.icon}`) };
  const motif = tabsOf(org).find(({ name }) => name === object.name)?.motif;
  // `Custom67: Gears`
  const number = /^Custom(\d+)/.exec(motif ?? '')?.[1];
  return number === undefined ? null : { color: COLOR, iconUrl: urlOf(org, `custom/custom${number}`) };
}

function urlOf(org: Org, icon: string): string {
  return `${org.url}/img/icon/t4v35/${icon}_120.png`;
}
