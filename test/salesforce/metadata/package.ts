// Reads the zip of a deployment: package.xml names the components, the folders hold them, and each is where the other
// says. What is wrong with the package itself is reported per component, in the platform's words.
import JSZip from 'jszip';
import { isKnownType, typeInDirectory, METADATA_TYPES } from './types.ts';
import { childrenOf, ofRoot, parseXml, readXml, textOf, textsOf, type Element, type XmlDocument } from './xml.ts';

export interface PackageFile {
  type: string;
  fullName: string;
  /** Path in the zip. */
  fileName: string;
  /** The XML; for bundles that of the `-meta.xml`. */
  text: string;
  /** For bundles and static resources: every file by its name inside the bundle. */
  content?: Map<string, Buffer>;
  /** What the text says, read once for all that ask; not there where it is no XML. */
  document?: XmlDocument;
}

export interface PackageProblem {
  type: string;
  fullName: string;
  fileName: string;
  problem: string;
}

export interface ReadPackage {
  files: PackageFile[];
  problems: PackageProblem[];
}

const MANIFEST = 'package.xml';

/** @throws Error where the bytes are no zip */
export async function readPackage(zip: Buffer): Promise<ReadPackage> {
  const archive = await JSZip.loadAsync(zip).catch((cause: unknown) => {
    throw new Error('The zip file cannot be read.', { cause });
  });
  const paths = Object.values(archive.files)
    .filter((entry) => !entry.dir)
    .map((entry) => entry.name);
  const manifestPath = paths.find((path) => path === MANIFEST || path.endsWith(`/${MANIFEST}`));
  const problems: PackageProblem[] = [];
  const fail = (type: string, fullName: string, fileName: string, problem: string): void => {
    problems.push({ type, fullName, fileName, problem });
  };
  if (manifestPath === undefined) {
    fail('', MANIFEST, MANIFEST, 'No package.xml found');
    return { files: [], problems };
  }
  const base = manifestPath.slice(0, -MANIFEST.length);
  const read = async (path: string): Promise<Buffer> =>
    (await archive.file(path)?.async('nodebuffer')) ?? Buffer.alloc(0);

  let wanted: Map<string, Set<string>>;
  try {
    wanted = readManifest((await read(manifestPath)).toString('utf8'));
  } catch (error) {
    fail('', MANIFEST, manifestPath, String((error as Error).message));
    return { files: [], problems };
  }
  for (const type of wanted.keys()) {
    if (!isKnownType(type)) fail(type, '', manifestPath, `Unknown type name '${type}' specified in package.xml`);
  }

  const files = new Map<string, PackageFile>();
  for (const path of paths) {
    if (path === manifestPath || !path.startsWith(base)) continue;
    const [directory = '', name = '', ...inside] = path.slice(base.length).split('/');
    if (/^destructiveChanges(Pre|Post)?\.xml$/.test(directory)) {
      fail('', directory, path, 'Deleting components by a deployment is not supported by this org.');
      continue;
    }
    const type = typeInDirectory(directory);
    if (!type) {
      fail(
        '',
        name || directory,
        path,
        `Unknown folder '${directory}' in the package: its type is not supported by this org.`,
      );
      continue;
    }
    const bytes = await read(path);
    if (!type.suffix || type.metaFile) {
      const fullName = type.suffix ? name.replace(/\.resource(-meta\.xml)?$/, '') : name;
      const key = `${type.name}/${fullName}`;
      const file: PackageFile = files.get(key) ?? {
        type: type.name,
        fullName,
        fileName: path,
        text: '',
        content: new Map(),
      };
      const part = type.suffix ? name : inside.join('/');
      if (part.endsWith('-meta.xml')) file.text = bytes.toString('utf8');
      else file.content?.set(part, bytes);
      files.set(key, file);
      continue;
    }
    if (type.inFolders) {
      const file = [name, ...inside].join('/');
      // A folder is a component of the type that it holds, under its bare name.
      const fullName = file.replace(inside.length > 0 ? `.${type.suffix}` : '-meta.xml', '');
      if (fullName === file || inside.length > 1)
        fail(type.name, file, path, `A file in ${type.directory} is <folder>/<name>.${type.suffix}`);
      else
        files.set(`${type.name}/${fullName}`, {
          type: type.name,
          fullName,
          fileName: path,
          text: bytes.toString('utf8'),
        });
      continue;
    }
    if (!name.endsWith(`.${type.suffix}`) || inside.length > 0) {
      fail(type.name, name, path, `A file in ${type.directory} must end with .${type.suffix}`);
      continue;
    }
    const fullName = decodeURIComponent(name.slice(0, -type.suffix.length - 1));
    files.set(`${type.name}/${fullName}`, { type: type.name, fullName, fileName: path, text: bytes.toString('utf8') });
  }

  for (const file of files.values()) {
    try {
      file.document = readXml(file.text);
    } catch {
      // Whoever asks for the element is told.
    }
  }
  checkAgainstManifest(wanted, [...files.values()], fail);
  return { files: [...files.values()], problems };
}

/**
 * The root element of a file.
 * @throws Error with line and column where its text is not well-formed, or not of this root
 */
export function elementOf({ text, document }: Pick<PackageFile, 'text' | 'document'>, root?: string): Element {
  return ofRoot(document ?? readXml(text), root).element;
}

/** Type → members. */
function readManifest(text: string): Map<string, Set<string>> {
  const { element } = parseXml(text, 'Package');
  const wanted = new Map<string, Set<string>>();
  for (const types of childrenOf(element, 'types')) {
    const name = textOf(types, 'name');
    if (name === undefined) throw new Error('A types element of package.xml has no name.');
    wanted.set(name, new Set([...(wanted.get(name) ?? []), ...textsOf(types, 'members').map(folderName)]));
  }
  return wanted;
}

/** The CLI names a folder with a slash at the end. */
function folderName(member: string): string {
  return member.replace(/\/$/, '');
}

function checkAgainstManifest(
  wanted: ReadonlyMap<string, ReadonlySet<string>>,
  files: readonly PackageFile[],
  fail: (type: string, fullName: string, fileName: string, problem: string) => void,
): void {
  for (const { name: type, children } of METADATA_TYPES) {
    const members = wanted.get(type);
    const found = files.filter((file) => file.type === type);
    for (const member of members ?? []) {
      if (member === '*' || found.some((file) => file.fullName === member)) continue;
      fail(
        type,
        member,
        MANIFEST,
        `An object '${member}' of type ${type} was named in package.xml, but was not found in zipped directory`,
      );
    }
    // A file that is there for its children only (fields of a standard object) is named by them.
    const named = (fullName: string): boolean =>
      members?.has('*') === true ||
      members?.has(fullName) === true ||
      Object.values(children ?? {}).some((child) =>
        [...(wanted.get(child) ?? [])].some(
          (member) => member === '*' || member.startsWith(`${fullName}.`) || type === 'CustomLabels',
        ),
      );
    for (const file of found) if (!named(file.fullName)) fail(type, file.fullName, file.fileName, 'Not in package.xml');
  }
}
