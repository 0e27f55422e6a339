// The auditor is written from the specification alone.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

describe('the auditor', () => {
  it('shares no code with the core or with the other checks of the simulator', () => {
    const folder = new URL('.', import.meta.url);
    const files = readdirSync(folder).filter((file) => !file.endsWith('.test.ts'));
    const imports = files.flatMap((file) =>
      [...readFileSync(new URL(file, folder), 'utf8').matchAll(/from '([^']+)'/g)].map(([, from]) => from ?? ''),
    );
    expect(files).toContain('audit.ts');
    expect(imports.length).toBeGreaterThan(0);
    expect(imports.filter((from) => !/^\.\/[a-z]+\.ts$/i.test(from))).toEqual([]);
  });
});
