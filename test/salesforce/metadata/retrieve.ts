// Retrieving: what was deployed comes back as a zip, under the names that the org knows it by. What the org has by itself
// (standard fields, profiles) was never deployed and does not come.
// Source: Metadata API Developer Guide, "retrieve()", "checkRetrieveStatus()", "RetrieveResult".
import JSZip from 'jszip';
import { idAt } from '../ids.ts';
import type { EventsOrg } from '../pubsub/org.ts';
import { installedIn, type InstalledComponent } from './installed.ts';
import { fileOf, partsOf } from './parts.ts';
import { isKnownType, METADATA_TYPES, typeNamed, type MetadataType } from './types.ts';
import { childOf, childrenOf, escapeXml, flagOf, textOf, textsOf, type Element } from './xml.ts';

/** In the API's own words. */
export interface RetrieveResult {
  done: true;
  fileProperties: object[];
  id: string;
  messages: { fileName: string; problem: string }[];
  status: 'Succeeded';
  success: true;
  /** Base 64. */
  zipFile: string;
}

interface Chosen {
  type: MetadataType;
  component: InstalledComponent;
  /** Only these parts (`fields/Phase__c`); undefined is the whole file. */
  parts: Set<string> | undefined;
}

/** Key prefix of asynchronous retrievals. */
const KEY_PREFIX = '09S';
const FOLDER = 'unpackaged';
const MANIFEST = 'package.xml';

export class Retrievals {
  private readonly org: EventsOrg;
  private readonly all = new Map<string, Promise<RetrieveResult>>();

  constructor(org: EventsOrg) {
    this.org = org;
  }

  /** @param request `RetrieveRequest` */
  start(request: Element, user: { id: string; name: string }): string {
    const id = idAt(KEY_PREFIX, this.all.size + 1);
    this.all.set(id, retrieve(this.org, id, request, user));
    return id;
  }

  result(id: string): Promise<RetrieveResult> | undefined {
    return this.all.get(id);
  }
}

async function retrieve(
  org: EventsOrg,
  id: string,
  request: Element,
  user: { id: string; name: string },
): Promise<RetrieveResult> {
  // One package alone lies at the root of the zip, several have a folder each.
  const base = flagOf(request, 'singlePackage') ? '' : `${FOLDER}/`;
  const manifest = childOf(request, 'unpackaged') ?? {};
  const version = textOf(manifest, 'version') ?? textOf(request, 'apiVersion') ?? '';
  const messages: RetrieveResult['messages'] = [];
  const chosen = choose(org, manifest, (problem) => messages.push({ fileName: `${base}${MANIFEST}`, problem }));
  const zip = new JSZip();
  const properties: object[] = [];
  for (const one of chosen) {
    for (const [path, content] of filesOf(one)) zip.file(base + path, content);
    properties.push(fileProperties(org, one.component, user, base));
  }
  zip.file(base + MANIFEST, manifestOf(chosen, version));
  const zipFile = await zip.generateAsync({ type: 'base64', compression: 'DEFLATE' });
  return { done: true, fileProperties: properties, id, messages, status: 'Succeeded', success: true, zipFile };
}

/** `FileProperties` of one component: what is known of who made it is who asks. */
export function fileProperties(
  org: EventsOrg,
  component: InstalledComponent,
  user: { id: string; name: string },
  base = '',
): object {
  const { type, fullName, at } = component;
  const packaged = org.namespace !== undefined && fullName.includes(`${org.namespace}__`);
  return {
    createdById: user.id,
    createdByName: user.name,
    createdDate: new Date(at).toISOString(),
    fileName: base + pathOf(component),
    fullName,
    id: '',
    lastModifiedById: user.id,
    lastModifiedByName: user.name,
    lastModifiedDate: new Date(at).toISOString(),
    ...(packaged && { manageableState: 'installed', namespacePrefix: org.namespace }),
    type,
  };
}

/** Every component that the manifest names; what is not there is reported. */
function choose(org: EventsOrg, manifest: Element, report: (problem: string) => void): Chosen[] {
  const installed = installedIn(org);
  const chosen = new Map<string, Chosen>();
  const whole = (type: MetadataType, component: InstalledComponent): void => {
    chosen.set(`${type.name}/${component.fullName}`, { type, component, parts: undefined });
  };
  const part = (type: MetadataType, component: InstalledComponent, key: string): void => {
    const place = `${type.name}/${component.fullName}`;
    const known = chosen.get(place) ?? { type, component, parts: new Set<string>() };
    known.parts?.add(key);
    chosen.set(place, known);
  };
  for (const types of childrenOf(manifest, 'types')) {
    const name = textOf(types, 'name') ?? '';
    const type = typeNamed(name);
    if (!type && !isKnownType(name)) report(`Unknown type name '${name}' specified in package.xml`);
    for (const member of textsOf(types, 'members')) {
      const missing = (): void => report(`Entity of type '${name}' named '${member}' cannot be found`);
      if (type) {
        const found = installed.all(name).filter(({ fullName }) => named(type, member, fullName));
        for (const component of found) whole(type, component);
        if (found.length === 0 && member !== '*') missing();
        continue;
      }
      const [parent, element] = parentOf(name) ?? [];
      if (!parent || element === undefined) continue;
      // Labels are named by themselves, everything else by its object too.
      const dot = member.lastIndexOf('.');
      const of = dot < 0 ? undefined : member.slice(0, dot);
      const wanted = member.slice(dot + 1);
      const holder = installed
        .all(parent.name)
        .filter(({ fullName }) => of === undefined || fullName === of)
        .find(({ text }) => partsOf(text).some((one) => one.element === element && one.name === wanted));
      if (holder) part(parent, holder, `${element}/${wanted}`);
      else missing();
    }
  }
  return [...chosen.values()];
}

/** The wildcard means custom objects and no standard ones. */
function named(type: MetadataType, member: string, fullName: string): boolean {
  if (member !== '*') return fullName === member.replace(/\/$/, '');
  return type.name !== 'CustomObject' || /__\w+$/.test(fullName);
}

function parentOf(child: string): [MetadataType, string] | undefined {
  for (const type of METADATA_TYPES) {
    const element = Object.entries(type.children ?? {}).find(([, name]) => name === child)?.[0];
    if (element !== undefined) return [type, element];
  }
  return undefined;
}

/** Below the root of its package. */
function pathOf(component: InstalledComponent): string {
  const type = typeNamed(component.type);
  if (!type) throw new Error(`${component.type} is no type that this org takes.`);
  const name = component.fullName.replace(/[%?#\\]/g, encodeURIComponent);
  if (type.inFolders && !name.includes('/')) return `${type.directory}/${name}-meta.xml`;
  return `${type.directory}/${name}${type.suffix ? `.${type.suffix}` : ''}`;
}

function filesOf({ type, component, parts }: Chosen): [path: string, content: string | Buffer][] {
  const path = pathOf(component);
  if (!component.content) {
    if (!parts) return [[path, component.text]];
    const kept = partsOf(component.text).filter(({ element, name }) => parts.has(`${element}/${name ?? ''}`));
    return [[path, fileOf(type.name, kept)]];
  }
  const folder = type.suffix ? type.directory : path;
  const meta = type.suffix ? `${path}-meta.xml` : `${path}/${component.fullName}.js-meta.xml`;
  const inside = [...component.content].map(([name, bytes]): [string, Buffer] => [`${folder}/${name}`, bytes]);
  return [...inside, [meta, component.text]];
}

function manifestOf(chosen: readonly Chosen[], version: string): string {
  const names = Map.groupBy(chosen, ({ type }) => type.name);
  const types = [...names].map(([type, all]) => {
    const members = all.map(({ component }) => `<members>${escapeXml(component.fullName)}</members>`).join('');
    return `    <types>${members}<name>${type}</name></types>\n`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Package xmlns="http://soap.sforce.com/2006/04/metadata">\n${types.join('')}    <version>${escapeXml(version)}</version>\n</Package>\n`;
}

const known = new WeakMap<EventsOrg, Retrievals>();

export function retrievalsOf(org: EventsOrg): Retrievals {
  const retrievals = known.get(org) ?? new Retrievals(org);
  known.set(org, retrievals);
  return retrievals;
}
