// The package as it lies on disk: every file, and every metadata file parsed. Reading never fails on a bad file:
// what is wrong with it stands in `fault`, so that one gate can report it and the others go on.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseXml, XmlError, type XmlElement } from './xml.ts';

export interface MetadataFile {
  /** Relative to the package directory, with forward slashes. */
  path: string;
  /** File name without `.<suffix>-meta.xml`. */
  name: string;
  /** The suffix: `field`, `object`, `flow` … */
  suffix: string;
  root?: XmlElement;
  fault?: string;
}

export interface PackageSource {
  /** Absolute path of the package directory (`force-app`). */
  directory: string;
  /** Every file, relative to the directory, sorted. */
  files: string[];
  metadata: MetadataFile[];
}

/** Trees by text: a package that is read again is mostly what it was, and nothing changes a tree. */
const trees = new Map<string, XmlElement>();

const META = /^(?<name>.+)\.(?<suffix>[^.]+)-meta\.xml$/;

export async function readPackageSource(directory: string): Promise<PackageSource> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(directory.length + 1)
        .replaceAll('\\', '/'),
    )
    .sort();
  const metadata = await Promise.all(files.filter(isMetadata).map((file) => readMetadata(directory, file)));
  return { directory, files, metadata };
}

/** @param path relative to the package directory */
export const isMetadata = (path: string): boolean => META.test(path);

export async function readMetadata(directory: string, path: string): Promise<MetadataFile> {
  const { name = '', suffix = '' } = META.exec(path.slice(path.lastIndexOf('/') + 1))?.groups ?? {};
  try {
    const text = await readFile(join(directory, path), 'utf8');
    const root = trees.get(text) ?? parseXml(text);
    trees.set(text, root);
    return { path, name, suffix, root };
  } catch (error) {
    if (error instanceof XmlError) return { path, name, suffix, fault: error.message };
    throw error;
  }
}

/** The well-formed files whose root element is of this metadata type. */
export function filesOf(source: PackageSource, type: string): (MetadataFile & { root: XmlElement })[] {
  return source.metadata.filter((file): file is MetadataFile & { root: XmlElement } => file.root?.name === type);
}
