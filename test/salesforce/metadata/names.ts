// Names and words of a component as an org takes them: which characters a name may have, and how long names, labels and
// texts may be. What the org would refuse is a problem of the deployment in the org's own words.
// Sources: Metadata API Developer Guide, "Metadata Components and Types" (fullName, developer names); Salesforce Help,
// "Custom Field Attributes", "Custom Object Definition", "Custom Labels"; Lightning Web Components Developer Guide,
// "Component Folder".
import { childrenOf, textOf, type Element } from './xml.ts';

interface Limits {
  /** What the refusal of a name calls the component. */
  noun: string;
  /** Characters of the name, without namespace and suffix. */
  name: number;
  /** Element → characters of its text, and what the refusal calls it. */
  texts: Readonly<Record<string, readonly [called: string, characters: number]>>;
}

const label = (characters: number): readonly [string, number] => ['Label', characters];
const masterLabel = (characters: number): readonly [string, number] => ['MasterLabel', characters];
const description = (characters: number): readonly [string, number] => ['Description', characters];

const LIMITS: Readonly<Record<string, Limits>> = {
  CustomObject: {
    noun: 'Object Name',
    name: 40,
    texts: { label: label(40), pluralLabel: ['PluralLabel', 40], description: description(1000) },
  },
  CustomField: {
    noun: 'Field Name',
    name: 40,
    texts: {
      label: masterLabel(40),
      relationshipLabel: ['RelatedListLabel', 80],
      relationshipName: ['ChildRelationshipName', 40],
      inlineHelpText: ['InlineHelpText', 510],
      description: description(1000),
    },
  },
  ValidationRule: { noun: 'Rule Name', name: 40, texts: {} },
  RecordType: { noun: 'Record Type Name', name: 80, texts: {} },
  ListView: { noun: 'List View Name', name: 40, texts: { label: ['Name', 40] } },
  CompactLayout: { noun: 'Compact Layout Name', name: 80, texts: { label: masterLabel(80) } },
  GlobalValueSet: { noun: 'Global Value Set Name', name: 80, texts: { masterLabel: masterLabel(80) } },
  CustomLabel: {
    noun: 'Custom Label Name',
    name: 80,
    texts: { shortDescription: ['MasterLabel', 80], value: ['Value', 1000] },
  },
  Flow: { noun: 'Flow API Name', name: 80, texts: { label: masterLabel(255) } },
  PermissionSet: {
    noun: 'Permission Set API Name',
    name: 80,
    texts: { label: label(80), description: description(255) },
  },
  PermissionSetGroup: {
    noun: 'Permission Set Group API Name',
    name: 80,
    texts: { label: masterLabel(80), description: description(255) },
  },
  CustomPermission: {
    noun: 'Custom Permission Name',
    name: 80,
    texts: { label: masterLabel(80), description: description(255) },
  },
  CustomTab: { noun: 'Tab Name', name: 40, texts: { label: label(40) } },
  CustomApplication: { noun: 'App API Name', name: 40, texts: { label: label(40) } },
  FlexiPage: { noun: 'Lightning Page API Name', name: 80, texts: { masterLabel: masterLabel(80) } },
  QuickAction: { noun: 'Action Name', name: 40, texts: { label: masterLabel(80) } },
  PlatformEventChannel: { noun: 'Channel Name', name: 80, texts: { label: masterLabel(80) } },
  PlatformEventChannelMember: { noun: 'Channel Member Name', name: 80, texts: {} },
  StaticResource: { noun: 'Static Resource Name', name: 255, texts: {} },
  ReportType: { noun: 'Report Type Name', name: 50, texts: { label: label(50) } },
  Report: { noun: 'Report Unique Name', name: 80, texts: { name: ['Name', 40], description: description(255) } },
  Dashboard: { noun: 'Dashboard Unique Name', name: 80, texts: { title: ['Title', 80] } },
  ExternalClientApplication: { noun: 'External Client App Name', name: 80, texts: { label: masterLabel(80) } },
};

/** A picklist keeps values and their labels in 255 characters each (Salesforce Help, "Picklist Limitations"). */
const PICKLIST_VALUE = 255;

/**
 * @param fullName without the namespace that the package installs under
 * @returns what an org refuses of the component's own name and words
 */
export function checkNames(type: string, fullName: string, element: Element): string[] {
  const limits = LIMITS[type];
  if (!limits) return [];
  return [...checkName(limits, ownName(type, fullName)), ...checkTexts(limits, element)];
}

/** A bundle is a folder, whose name becomes a tag's. */
export function checkBundleName(name: string): string[] {
  if (/^[a-z][A-Za-z0-9_]*$/.test(name) && !/_$|__/.test(name)) return [];
  return [
    `Invalid name '${name}' of a Lightning Component Bundle: it must begin with a lowercase letter, contain only alphanumeric or underscore characters, not end with an underscore and not contain two consecutive underscores`,
  ];
}

/** @returns what an org refuses of the words of picklist values, of a field or a global value set */
export function checkPicklistValues(values: readonly Element[]): string[] {
  return values.flatMap((value) => {
    const name = textOf(value, 'fullName') ?? '';
    const tooLong = [name, textOf(value, 'label') ?? ''].some((text) => [...text].length > PICKLIST_VALUE);
    if (name === '') return ['Required field is missing: fullName'];
    return tooLong ? [`Value too long for field: Picklist Value maximum length is:${PICKLIST_VALUE}`] : [];
  });
}

/** The elements of a flow have names of their own, by which they call each other. */
export function checkFlowElements(element: Element): string[] {
  return Object.values(element)
    .flatMap((content) => (Array.isArray(content) ? content : [content]))
    .filter((content): content is Element => typeof content === 'object')
    .flatMap((child) => {
      const name = textOf(child, 'name');
      return name === undefined || textOf(child, 'value') !== undefined ? [] : checkName(FLOW_ELEMENT, name);
    });
}

const FLOW_ELEMENT: Limits = { noun: 'Flow Element API Name', name: 80, texts: {} };

/** Rules of names that hold for components inside another's file. */
export function checkChildren(type: string, children: readonly Element[]): string[] {
  return children.flatMap((child) => checkNames(type, textOf(child, 'fullName') ?? '', child));
}

/** The labels of a translation replace those of the component and must fit where those stand. */
export function checkTranslatedFields(element: Element): string[] {
  return childrenOf(element, 'fields').flatMap((field) => {
    const text = textOf(field, 'label') ?? '';
    return [...text].length > 40 ? ['Value too long for field: Label maximum length is:40'] : [];
  });
}

function ownName(type: string, fullName: string): string {
  if (type === 'CustomObject' && !/__[ce]$/.test(fullName)) return 'Standard';
  const name = fullName.replace(/__(c|e|chn)$/, '');
  if (type === 'QuickAction') return name.slice(name.indexOf('.') + 1);
  return name.slice(name.lastIndexOf('/') + 1);
}

function checkName({ noun, name: most }: Limits, name: string): string[] {
  if (!/^[A-Za-z][A-Za-z0-9_]*$/.test(name) || /_$|__/.test(name)) {
    return [
      `The ${noun} can only contain underscores and alphanumeric characters. It must be unique, begin with a letter, not include spaces, not end with an underscore, and not contain two consecutive underscores.`,
    ];
  }
  return name.length > most ? [`Value too long for field: fullName maximum length is:${most}`] : [];
}

function checkTexts({ texts }: Limits, element: Element): string[] {
  return Object.entries(texts).flatMap(([name, [called, most]]) => {
    const text = textOf(element, name) ?? '';
    return [...text].length > most ? [`Value too long for field: ${called} maximum length is:${most}`] : [];
  });
}
