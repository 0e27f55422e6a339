// The words of the org's pages in the language of who looks: labels, tabs, apps, lists and sections as the deployed
// translations have them; what is not translated stays as it was written.
// Source: Metadata API Developer Guide, "Translations", "CustomObjectTranslation".
import { installedIn } from '../../metadata/installed.ts';
import { labelsIn } from '../../metadata/labels.ts';
import { childrenOf, flagOf, parseXml, textOf, type Element } from '../../metadata/xml.ts';
import type { Org } from '../../org.ts';

export interface Words {
  labels: Record<string, string>;
  app(name: string): string | undefined;
  tab(name: string): string | undefined;
  action(name: string): string | undefined;
  /** Undefined where the org has no such object. */
  object(name: string): { label: string; labelPlural: string } | undefined;
  /** What the platform itself says, for example `Home`. */
  platform(text: string): string;
}

const SPANISH: Readonly<Record<string, string>> = {
  Home: 'Inicio',
  Account: 'Cuentas',
  Contact: 'Contactos',
  Lead: 'Prospectos',
  Opportunity: 'Oportunidades',
  Dashboard: 'Tableros',
  report: 'Informes',
};
const ENGLISH: Readonly<Record<string, string>> = { report: 'Reports', Dashboard: 'Dashboards' };

export function wordsOf(org: Org, language: string): Words {
  const installed = installedIn(org);
  const [base = ''] = language.split('_');
  const general = new Map<string, string>();
  for (const { fullName, text } of installed.all('Translations')) {
    if (fullName !== language && fullName !== base) continue;
    const { element } = parseXml(text, 'Translations');
    for (const kind of ['customApplications', 'customLabels', 'customTabs', 'quickActions', 'flexiPages']) {
      for (const entry of childrenOf(element, kind)) {
        const label = textOf(entry, 'label');
        if (label) general.set(`${kind}/${textOf(entry, 'name') ?? ''}`, label);
      }
    }
  }
  const objects = new Map<string, Element>();
  for (const { fullName, text } of installed.all('CustomObjectTranslation')) {
    const at = fullName.lastIndexOf('-');
    const spoken = fullName.slice(at + 1);
    if (spoken === language || spoken === base)
      objects.set(fullName.slice(0, at), parseXml(text, 'CustomObjectTranslation').element);
  }
  const within = (object: string, kind: string, name: string, key = 'name'): string | undefined => {
    const found = childrenOf(objects.get(object) ?? {}, kind).find((entry) => textOf(entry, key) === name);
    return found && (textOf(found, 'label') || undefined);
  };
  const labels: Record<string, string> = {};
  for (const file of installed.all('CustomLabels'))
    for (const [name, value] of labelsIn(file)) labels[name] = general.get(`customLabels/${name}`) ?? value;
  const bare = (name: string): string =>
    name.replace(/^[a-z]\w*?__(?=\w+$)/i, (prefix) => (prefix === `${org.namespace ?? ''}__` ? '' : prefix));
  const spanish = base === 'es';
  return {
    labels,
    app: (name) => general.get(`customApplications/${bare(name)}`),
    tab: (name) => general.get(`customTabs/${bare(name)}`),
    action: (name) => {
      const [object = '', action = ''] = name.split('.');
      return within(object, 'quickActions', bare(action)) ?? general.get(`quickActions/${bare(name)}`);
    },
    object(name) {
      const found = org.schema.find(name);
      if (!found) return undefined;
      const cases = childrenOf(objects.get(name) ?? {}, 'caseValues');
      const word = (plural: boolean): string | undefined => {
        const entry = cases.find((one) => flagOf(one, 'plural') === plural);
        return entry && (textOf(entry, 'value') || undefined);
      };
      const standard = spanish ? SPANISH[name] : undefined;
      return { label: word(false) ?? found.label, labelPlural: word(true) ?? standard ?? found.labelPlural };
    },
    platform: (text) => (spanish ? SPANISH[text] : undefined) ?? ENGLISH[text] ?? text,
  };
}
