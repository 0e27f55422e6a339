// The metadata types that this org takes, where they stand in a package, and what becomes of them: interpreted types
// change what the org does, stored ones are read, checked and kept.
// Source: Metadata API Developer Guide, "Metadata Types".

export interface MetadataType {
  name: string;
  /** Folder of the package. */
  directory: string;
  /** Ends the file name, without the dot; empty for bundles, which are a folder of files each. */
  suffix: string;
  /** Types that stand inside this type's file: element → type. */
  children?: Readonly<Record<string, string>>;
  /** Its content is another file beside `<file>-meta.xml`. */
  metaFile?: boolean;
  /** Its files lie in folders of their own, which have a `<folder>-meta.xml` each. */
  inFolders?: boolean;
}

export const METADATA_TYPES: readonly MetadataType[] = [
  {
    name: 'CustomObject',
    directory: 'objects',
    suffix: 'object',
    children: {
      fields: 'CustomField',
      listViews: 'ListView',
      compactLayouts: 'CompactLayout',
      recordTypes: 'RecordType',
      validationRules: 'ValidationRule',
    },
  },
  { name: 'GlobalValueSet', directory: 'globalValueSets', suffix: 'globalValueSet' },
  { name: 'CustomLabels', directory: 'labels', suffix: 'labels', children: { labels: 'CustomLabel' } },
  { name: 'Flow', directory: 'flows', suffix: 'flow' },
  { name: 'PlatformEventChannel', directory: 'platformEventChannels', suffix: 'platformEventChannel' },
  {
    name: 'PlatformEventChannelMember',
    directory: 'platformEventChannelMembers',
    suffix: 'platformEventChannelMember',
  },
  { name: 'AssignmentRules', directory: 'assignmentRules', suffix: 'assignmentRules' },
  { name: 'CustomPermission', directory: 'customPermissions', suffix: 'customPermission' },
  { name: 'CustomNotificationType', directory: 'notificationtypes', suffix: 'notiftype' },
  { name: 'PermissionSet', directory: 'permissionsets', suffix: 'permissionset' },
  { name: 'Layout', directory: 'layouts', suffix: 'layout' },
  { name: 'CustomTab', directory: 'tabs', suffix: 'tab' },
  { name: 'CustomApplication', directory: 'applications', suffix: 'app' },
  { name: 'FlexiPage', directory: 'flexipages', suffix: 'flexipage' },
  { name: 'LightningMessageChannel', directory: 'messageChannels', suffix: 'messageChannel' },
  { name: 'StaticResource', directory: 'staticresources', suffix: 'resource', metaFile: true },
  { name: 'QuickAction', directory: 'quickActions', suffix: 'quickAction' },
  { name: 'PermissionSetGroup', directory: 'permissionsetgroups', suffix: 'permissionsetgroup' },
  { name: 'Prompt', directory: 'prompts', suffix: 'prompt' },
  { name: 'ReportType', directory: 'reportTypes', suffix: 'reportType' },
  { name: 'Report', directory: 'reports', suffix: 'report', inFolders: true },
  { name: 'Dashboard', directory: 'dashboards', suffix: 'dashboard', inFolders: true },
  { name: 'Translations', directory: 'translations', suffix: 'translation' },
  {
    name: 'CustomObjectTranslation',
    directory: 'objectTranslations',
    suffix: 'objectTranslation',
    children: { fields: 'CustomFieldTranslation' },
  },
  { name: 'ExternalClientApplication', directory: 'externalClientApps', suffix: 'eca' },
  { name: 'ExtlClntAppOauthSettings', directory: 'extlClntAppOauthSettings', suffix: 'ecaOauth' },
  { name: 'LightningComponentBundle', directory: 'lwc', suffix: '' },
];

export function typeInDirectory(directory: string): MetadataType | undefined {
  return METADATA_TYPES.find((type) => type.directory === directory);
}

export function typeNamed(name: string): MetadataType | undefined {
  return METADATA_TYPES.find((type) => type.name === name);
}

/** Also for types that stand inside another's file. */
export function isKnownType(name: string): boolean {
  return METADATA_TYPES.some((type) => type.name === name || Object.values(type.children ?? {}).includes(name));
}
