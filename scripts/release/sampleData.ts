// Sample records for a scratch org: the businesses of the demo's seed as Leads, in the files that `sf data import tree` takes.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createDialer } from '../../test/sellfire/dialer.ts';
import { seedAccount } from '../../test/sellfire/seed.ts';

/** The CLI takes at most so many records in one file. */
const RECORDS_PER_FILE = 200;
/** The seed of the demo, and a day, so that the same data come out each time. */
const SEED = 1;
const DAY = Date.UTC(2026, 10, 24);

type Values = Record<string, unknown>;

/** @returns the files, for the CLI */
export async function writeSampleData(directory: string, leads: number): Promise<string[]> {
  const dialer = createDialer(() => DAY);
  seedAccount(dialer, leads, SEED);
  const records = [...dialer.leads.live()].map(recordOf);
  await mkdir(directory, { recursive: true });
  const files: string[] = [];
  for (let start = 0; start < records.length; start += RECORDS_PER_FILE) {
    const file = join(directory, `Lead-${files.length + 1}.json`);
    await writeFile(file, JSON.stringify({ records: records.slice(start, start + RECORDS_PER_FILE) }, null, 1));
    files.push(file);
  }
  return files;
}

function recordOf({ fields }: { fields: Values }, index: number): Values {
  return {
    attributes: { type: 'Lead', referenceId: `Lead${index + 1}` },
    Company: fields['business_name'],
    FirstName: fields['first_name'],
    LastName: fields['last_name'],
    Title: fields['title'],
    Phone: fields['primary_phone_number'],
    Email: fields['email'],
    Street: fields['street'],
    City: fields['city'],
    State: fields['state'],
    PostalCode: fields['postal_code'],
  };
}
