// Every test of the repository, run as native ES modules: TypeScript is stripped by swc, nothing is bundled.
export default {
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2024' }, sourceMaps: 'inline' }],
  },
  modulePathIgnorePatterns: ['<rootDir>/node_modules/@salesforce/cli/'],
  // Killing the bridge fifty times under load takes minutes: `npm run test:kill`.
  testPathIgnorePatterns: process.env['KILLS'] ? [] : ['<rootDir>/test/faults/kill\\.test\\.ts$'],
  // The machine that runs CI has two cores; whole processes are started beside the workers.
  maxWorkers: 2,
  testTimeout: 30_000,
};
