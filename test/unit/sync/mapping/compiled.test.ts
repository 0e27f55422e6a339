// What follows from the configuration is computed once for each, and never kept beyond it (M4).
import { describe, expect, it } from '@jest/globals';
import type { SyncConfig } from '../../../../bridge/model/config.ts';
import { compiled } from '../../../../bridge/sync/mapping/compiled.ts';
import { mappedFields } from '../../../../bridge/sync/mapping/rules.ts';
import { config, mapping, USUAL } from '../fixtures.ts';

const namesOf = (of: SyncConfig, objects: string[]): string[] =>
  mappedFields(of, objects).map(({ replica }) => replica);

describe('what follows from a configuration', () => {
  it('is computed once for the same configuration and objects', () => {
    let computed = 0;
    const count = compiled((_config, objects) => ({ objects, turn: (computed += 1) }));
    const one = config();
    const first = count(one, ['Lead', 'Contact']);
    expect(count(one, ['Lead', 'Contact'])).toBe(first);
    expect(computed).toBe(1);
    count(one);
    count(one, []);
    expect(computed).toBe(2);
  });

  it('is computed anew for a configuration that replaces it, equal or not', () => {
    const [former, present] = [config(), config()];
    expect(mappedFields(present, ['Lead'])).not.toBe(mappedFields(former, ['Lead']));
    expect(mappedFields(present, ['Lead'])).toEqual(mappedFields(former, ['Lead']));
  });

  it('brings the mapped fields of the new configuration, and leaves those of the former as they are', () => {
    const former = config();
    const narrower = { ...former, mappings: USUAL.filter(({ sellfireField }) => sellfireField !== 'title') };
    expect(namesOf(narrower, ['Lead'])).not.toContain('Lead.Title');
    expect(namesOf(former, ['Lead'])).toContain('Lead.Title');
    const other = { ...former, mappings: [mapping('title', 'Lead.Email')] };
    expect(namesOf(other, ['Lead'])).toEqual(['Lead.Email']);
  });

  it('is that of the objects which are asked for, in whatever order they are named', () => {
    const one = config();
    const [lead, contact] = [namesOf(one, ['Lead']), namesOf(one, ['Contact'])];
    expect(lead.every((name) => name.startsWith('Lead.'))).toBe(true);
    expect(contact).toEqual(['Contact.Phone', 'Contact.LastName']);
    const both = namesOf(one, ['Lead', 'Contact']);
    expect(both).toEqual(
      USUAL.map(({ salesforceObject, salesforceField }) => `${salesforceObject}.${salesforceField}`),
    );
    expect(namesOf(one, ['Contact', 'Lead'])).toEqual(both);
  });
});
