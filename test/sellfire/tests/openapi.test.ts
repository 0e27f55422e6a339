// The published contract is the one that runs.
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { OPENAPI_FILE, openApiText } from '../../../scripts/openapi.ts';

describe('docs/openapi.json', () => {
  it('is what the schemas say (else run `node scripts/openapi.ts`)', async () => {
    expect(await readFile(OPENAPI_FILE, 'utf8')).toBe(openApiText());
  });
});
