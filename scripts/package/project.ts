// The project file's facts that the gates hold the package to, and where the package lies.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const root = new URL('../../', import.meta.url);
const project = z
  .object({ sourceApiVersion: z.string() })
  .parse(JSON.parse(readFileSync(new URL('sfdx-project.json', root), 'utf8')));

/** For example `67.0`. */
export const SOURCE_API_VERSION = project.sourceApiVersion;
/** The package directory, absolute. */
export const PACKAGE_DIRECTORY = fileURLToPath(new URL('force-app', root));
/** The page that describes the package, absolute. */
export const PACKAGE_PAGE = fileURLToPath(new URL('docs/package.md', root));
