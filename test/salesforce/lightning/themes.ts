// How the pages look: SLDS 1, SLDS 2 (Cosmos) and SLDS 2 dark, as one style sheet of global styling hooks. The values of
// the light themes are Salesforce's own; those of the dark one are not published, so its neutrals are the light ones turned
// round and its colours brighter, near enough to see what does not follow the hooks.
// Source: lightningdesignsystem.com, "Global Styling Hooks", "Dark Mode".
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const GENERATED = fileURLToPath(
  new URL('../../../node_modules/@salesforce-ux/sds-metadata/generated/', import.meta.url),
);

type Hooks = Map<string, string>;

function publishedHooks(theme: 'slds' | 'cosmos'): Hooks {
  const byValue = JSON.parse(readFileSync(`${GENERATED}valueToStylingHooks.${theme}.json`, 'utf8')) as Record<
    string,
    { name: string }[]
  >;
  const hooks: Hooks = new Map();
  for (const [value, named] of Object.entries(byValue))
    for (const { name } of named) if (name.startsWith('--slds-g-') && !hooks.has(name)) hooks.set(name, value);
  return hooks;
}

/** Of surfaces, texts and borders; everything else follows from the neutrals. */
const DARK: Readonly<Record<string, string>> = {
  'color-surface-1': '#181818',
  'color-surface-2': '#101010',
  'color-surface-3': '#242424',
  'color-surface-container-1': '#1f1f1f',
  'color-surface-container-2': '#2b2b2b',
  'color-surface-container-3': '#363636',
  'color-on-surface-1': '#aeaeae',
  'color-on-surface-2': '#dddddd',
  'color-on-surface-3': '#f5f5f5',
  'color-border-1': '#3e3e3e',
  'color-border-2': '#6e6e6e',
  'color-accent-1': '#57a3fd',
  'color-accent-2': '#78b0fd',
  'color-accent-3': '#aacbff',
  'color-accent-container-1': '#1b96ff',
  'color-on-accent-1': '#101010',
  'color-error-1': '#fe8f7d',
  'color-on-error-1': '#feb8ab',
  'color-error-container-1': '#640103',
  'color-warning-1': '#f38303',
  'color-warning-container-1': '#5f3e02',
  'color-on-warning-1': '#ffc885',
  'color-success-1': '#3ba755',
  'color-success-container-1': '#194e31',
  'color-on-success-1': '#91db8b',
  'color-info-1': '#aeaeae',
  'color-disabled-1': '#5c5c5c',
  'color-disabled-container-1': '#2b2b2b',
};

function darkHooks(light: Hooks): Hooks {
  const dark: Hooks = new Map(light);
  for (const [name] of light) {
    const [, scale = '', shade = ''] =
      /^--slds-g-color-(neutral-base|palette-neutral|brand-base)-(\d+)$/.exec(name) ?? [];
    const turned = light.get(`--slds-g-color-${scale}-${100 - Number(shade)}`);
    if (shade !== '' && turned !== undefined) dark.set(name, turned);
  }
  for (const [name, value] of Object.entries(DARK)) dark.set(`--slds-g-${name}`, value);
  return dark;
}

const rule = (selector: string, hooks: Hooks): string =>
  `${selector} {\n${[...hooks].map(([name, value]) => `  ${name}: ${value};`).join('\n')}\n}\n`;

let sheet: string | undefined;

/** Chosen by `data-theme` on the root element. */
export function themeSheet(): string {
  if (sheet !== undefined) return sheet;
  const cosmos = publishedHooks('cosmos');
  sheet = [
    rule(':root', publishedHooks('slds')),
    rule(':root[data-theme^="slds2"]', cosmos),
    rule(':root[data-theme="slds2-dark"]', darkHooks(cosmos)),
  ].join('');
  return sheet;
}
