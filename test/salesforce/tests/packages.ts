// Small packages for tests: metadata XML put into a zip with its package.xml, as a deployment brings it.
import JSZip from 'jszip';
import { deployZip, type DeployOptions, type DeployOutcome } from '../metadata/deploy.ts';
import { METADATA_TYPES } from '../metadata/types.ts';
import type { EventsOrg } from '../pubsub/org.ts';

const XMLNS = 'xmlns="http://soap.sforce.com/2006/04/metadata"';

/** A metadata file: `xml('Flow', '<label>…')`. */
export function xml(root: string, content: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?><${root} ${XMLNS}>${content}</${root}>`;
}

/** Path in the package → content. The package.xml is made from the paths. */
export type Files = Record<string, string>;

export async function zipFiles(files: Files, manifest = manifestOf(files)): Promise<Buffer> {
  const zip = new JSZip();
  zip.file('package.xml', manifest);
  for (const [path, content] of Object.entries(files)) zip.file(path, content);
  return zip.generateAsync({ type: 'nodebuffer' });
}

/** Deploys and fails with every problem; returns the outcome. */
export async function deploy(org: EventsOrg, files: Files, options: DeployOptions = {}): Promise<DeployOutcome> {
  const outcome = await deployZip(org, await zipFiles(files), options);
  if (!outcome.success) throw new Error(problemsOf(outcome).join('\n'));
  return outcome;
}

/** What is wrong with a package that must not deploy. */
export async function problems(org: EventsOrg, files: Files, options: DeployOptions = {}): Promise<string[]> {
  return problemsOf(await deployZip(org, await zipFiles(files), options));
}

function problemsOf(outcome: DeployOutcome): string[] {
  return outcome.components
    .filter((component) => !component.success)
    .map(({ componentType, fullName, problem }) => `${componentType} ${fullName}: ${problem ?? ''}`);
}

export function manifestOf(files: Files): string {
  const members = new Map<string, Set<string>>();
  for (const path of Object.keys(files)) {
    const [directory = '', name = ''] = path.split('/');
    const type = METADATA_TYPES.find((candidate) => candidate.directory === directory);
    if (!type) continue;
    const fullName = type.suffix ? name.slice(0, -type.suffix.length - 1) : name;
    members.set(type.name, (members.get(type.name) ?? new Set()).add(fullName));
  }
  const types = [...members].map(
    ([type, names]) =>
      `<types>${[...names].map((name) => `<members>${name}</members>`).join('')}<name>${type}</name></types>`,
  );
  return xml('Package', `${types.join('')}<version>67.0</version>`);
}

export function textField(name: string, more = ''): string {
  return `<fields><fullName>${name}</fullName><label>${name}</label><type>Text</type><length>255</length>${more}</fields>`;
}

/** A platform event with the given fields. */
export function eventObject(fields: string, publishBehavior = 'PublishAfterCommit'): string {
  return xml(
    'CustomObject',
    `<deploymentStatus>Deployed</deploymentStatus><eventType>HighVolume</eventType><label>Event</label><pluralLabel>Events</pluralLabel><publishBehavior>${publishBehavior}</publishBehavior>${fields}`,
  );
}

export function customObject(fields: string): string {
  return xml(
    'CustomObject',
    `<deploymentStatus>Deployed</deploymentStatus><label>Thing</label><pluralLabel>Things</pluralLabel><nameField><label>Name</label><type>Text</type></nameField><sharingModel>ReadWrite</sharingModel>${fields}`,
  );
}

export function channel(type: 'data' | 'event' = 'data'): string {
  return xml('PlatformEventChannel', `<channelType>${type}</channelType><label>Channel</label>`);
}

export function member(eventChannel: string, selectedEntity: string, enrichedFields: string[] = []): string {
  const enriched = enrichedFields.map((name) => `<enrichedFields><name>${name}</name></enrichedFields>`).join('');
  return xml(
    'PlatformEventChannelMember',
    `${enriched}<eventChannel>${eventChannel}</eventChannel><selectedEntity>${selectedEntity}</selectedEntity>`,
  );
}

export const field = (name: string, type: string, more = ''): string =>
  `<fields><fullName>${name}</fullName><label>${name}</label><type>${type}</type>${more}</fields>`;
