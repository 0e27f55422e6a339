// Every test of the repository. Those of the bridge, the org and the tools run as native ES modules, read as Node
// reads them: types are blanked, nothing is bundled. Those of the components run in jsdom with Salesforce's own preset.
import { createRequire } from 'node:module';
import { join } from 'node:path';

const { jestConfig: componentConfig } = createRequire(import.meta.url)('@salesforce/sfdx-lwc-jest/config');
const OTHERS = ['<rootDir>/node_modules/@salesforce/cli/'];

// The processes that tests start read the same files again and again: half of what a small one costs is compiling them.
process.env['NODE_COMPILE_CACHE'] ??= join(import.meta.dirname, 'node_modules/.cache/tests');

export default {
  // The machine that runs CI has two cores, and the suites that start whole processes mostly wait: a third worker saves three minutes.
  maxWorkers: 3,
  testSequencer: '<rootDir>/test/longestFirst.js',
  // Of all projects: jest takes it nowhere else.
  testTimeout: 30_000,
  projects: [
    {
      displayName: 'node',
      roots: ['<rootDir>/test'],
      testMatch: ['**/*.test.ts'],
      testEnvironment: 'node',
      extensionsToTreatAsEsm: ['.ts'],
      transform: { '\\.ts$': '<rootDir>/test/stripTypes.js' },
      modulePathIgnorePatterns: OTHERS,
      testPathIgnorePatterns: [
        // Killing the bridge fifty times under load takes minutes, and at special places half a minute: `npm run test:kill`.
        ...(process.env['KILLS'] ? [] : ['<rootDir>/test/faults/kill(Places)?\\.test\\.ts$']),
        // So do the benchmarks on few records: `npm run test:bench`.
        ...(process.env['BENCHES'] ? [] : ['<rootDir>/test/bench/']),
        // So do disturbing several processes, and what else a deployment meets once in a while: `npm run test:wide`.
        ...(process.env['DISTURBANCES'] ? [] : ['<rootDir>/test/wide/(absence|disturb|pool|upgrade)\\.test\\.ts$']),
      ],
    },
    {
      displayName: 'components',
      ...componentConfig,
      rootDir: import.meta.dirname,
      roots: ['<rootDir>/force-app'],
      testMatch: ['**/__tests__/**/*.test.ts'],
      resolver: '<rootDir>/test/components/resolver.ts',
      // What Salesforce's stubs lack.
      moduleNameMapper: {
        '^lightning/(graphql|modal|modalHeader|actions|navigation)$': '<rootDir>/test/components/$1.ts',
      },
      modulePathIgnorePatterns: OTHERS,
    },
  ],
};
