// Turns a folder in source format into the zip that is deployed, in a thread of its own: the library that does it loads
// hundreds of modules and keeps things open, and neither is to be the org's.
import { parentPort, workerData } from 'node:worker_threads';
import { ComponentSet, MetadataConverter } from '@salesforce/source-deploy-retrieve';

/** The version that sfdx-project.json names. */
const API_VERSION = '67.0';

const folder = String(workerData);
const components = ComponentSet.fromSource(folder);
components.sourceApiVersion = API_VERSION;
const { zipBuffer } = await new MetadataConverter().convert(components, 'metadata', { type: 'zip' });
if (!zipBuffer) throw new Error(`${folder} has nothing to deploy.`);
parentPort?.postMessage(zipBuffer);
