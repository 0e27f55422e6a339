// What was deployed into an org: every component as it came, by type and full name. Objects, channels and flows also
// work; the others wait here for whoever shows them.
import type { PicklistValue } from '../model.ts';
import type { EventsOrg } from '../pubsub/org.ts';
import { mergedFile } from './parts.ts';
import { typeNamed } from './types.ts';

export interface InstalledComponent {
  type: string;
  fullName: string;
  fileName: string;
  /** XML; for a bundle its `-meta.xml`. */
  text: string;
  content?: Map<string, Buffer>;
  /** ms since the epoch. */
  at: number;
}

export class InstalledComponents {
  /** Of the global value sets. */
  readonly valueSets = new Map<string, PicklistValue[]>();
  private readonly components = new Map<string, InstalledComponent>();

  get(type: string, fullName: string): InstalledComponent | undefined {
    return this.components.get(`${type}/${fullName}`);
  }

  all(type: string): InstalledComponent[] {
    return [...this.components.values()].filter((component) => component.type === type);
  }

  /** A file with parts of its own keeps those that the new one does not bring. */
  put(component: InstalledComponent): void {
    const { type, fullName } = component;
    const children = typeNamed(type)?.children;
    const older = children && this.get(type, fullName);
    const text = older ? mergedFile(type, older.text, component.text, new Set(Object.keys(children))) : component.text;
    this.components.set(`${type}/${fullName}`, { ...component, text });
  }
}

const registries = new WeakMap<EventsOrg, InstalledComponents>();

export function installedIn(org: EventsOrg): InstalledComponents {
  const known = registries.get(org);
  if (known) return known;
  const registry = new InstalledComponents();
  registries.set(org, registry);
  return registry;
}
