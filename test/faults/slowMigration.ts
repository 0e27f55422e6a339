// A process that migrates a store by the steps of a folder, and says so before it begins. Usage: node test/faults/slowMigration.ts
// <file> <folder>
import { writeSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { Database } from '../../bridge/store/sqlite/database.ts';
import { migrate } from '../../bridge/store/sqlite/migrations.ts';

const [file = '', folder = ''] = process.argv.slice(2);
const db = new Database(file);
writeSync(1, 'begun\n');
await migrate(db, pathToFileURL(`${folder}/`));
writeSync(1, 'ended\n');
