// What another terminal does in the org of the running demo, as its administrator.
import { signIn } from '../../test/helpers/stack.ts';
import { readConnectionFile, type ConnectionFile } from './connectionFile.ts';
import { Salesforce, type Fields } from './salesforce.ts';
import { say } from './terminal.ts';

/** @throws when no demo runs */
function connectionFile(): ConnectionFile {
  const open = readConnectionFile();
  if (!open) throw new Error('No demo is running. Start one in another terminal: npm run demo');
  return open;
}

async function visit(): Promise<Salesforce> {
  const open = connectionFile();
  return new Salesforce(await signIn(open, open.username), open.prefix);
}

export async function createLead(fields: { company: string; lastName: string; phone?: string }): Promise<void> {
  const salesforce = await visit();
  // The exchange 555 belongs to nobody; four digits of the clock make a number that is new.
  const phone = fields.phone ?? `(737) 555-${String(Date.now() % 10_000).padStart(4, '0')}`;
  const id = await salesforce.create('Lead', { Company: fields.company, LastName: fields.lastName, Phone: phone });
  say(`Lead ${id}: ${fields.company}, ${phone}`);
}

/** @param assignments each `Field=value`; an empty value makes the field blank. @throws when one is not of that form */
export async function changeRecord(id: string, assignments: readonly string[]): Promise<void> {
  const fields: Fields = {};
  for (const assignment of assignments) {
    const [, name, value] = /^(\w+)=(.*)$/s.exec(assignment) ?? [];
    if (name === undefined || value === undefined) throw new Error(`"${assignment}" is not of the form Field=value.`);
    fields[name] = value === '' ? null : value;
  }
  const object = id.startsWith('003') ? 'Contact' : id.startsWith('001') ? 'Account' : 'Lead';
  await (await visit()).update(object, id, fields);
  say(`${object} ${id} was changed.`);
}

export async function printToken(): Promise<void> {
  const { connection } = await visit();
  say(connection.accessToken ?? '');
}
