// Lints the repository. In which direction the rooms of the bridge import stands in .dependency-cruiser.cjs.
import js from '@eslint/js';
import componentRules from '@salesforce/eslint-config-lwc/recommended-ts.js';
import jest from 'eslint-plugin-jest';
import globals from 'globals';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['node_modules/', 'coverage/', 'data/', 'force-app/**/*.js'] },
  js.configs.recommended,
  ...tseslint.configs.strict,
  {
    languageOptions: { globals: { ...globals.node } },
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
    },
  },
  {
    // Programs read the log by the event of a line (docs/operation.md), people by its sentence.
    files: ['bridge/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector:
            'CallExpression[callee.object.name=/^(logger|log)$/][callee.property.name=/^(debug|info|warn|error|fatal)$/]:not(:has(ObjectExpression > Property[key.name="event"]))',
          message: 'A log line names its event.',
        },
      ],
    },
  },
  {
    // The core is pure: no clock, no randomness, no globals of the process.
    files: ['bridge/sync/**/*.ts'],
    rules: {
      'no-restricted-globals': ['error', 'process', 'fetch', 'setTimeout', 'setInterval', 'crypto', 'console'],
      'no-restricted-imports': [
        'error',
        { paths: [{ name: 'node:crypto', allowImportNames: ['createHash'], message: 'Same input, same plan.' }] },
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Times are those of the two systems, handed in.' },
        { object: 'Math', property: 'random', message: 'Same input, same plan.' },
      ],
    },
  },
  { files: ['test/sellfire/console/**/*.js'], languageOptions: { globals: { ...globals.browser } } },
  {
    // Components, by the platform's own rules.
    files: ['force-app/**/lwc/**/*.ts'],
    extends: [componentRules],
    languageOptions: { parser: tseslint.parser, globals: { ...globals.browser } },
    rules: {
      // TypeScript's own rule knows that a parameter of a type is there to be named.
      'no-unused-vars': 'off',
      // `npm run types` knows what a module exports; these read every module once more for it, a quarter of all linting.
      'import/named': 'off',
      'import/namespace': 'off',
    },
  },
  {
    files: ['force-app/**/__tests__/**/*.ts', 'test/components/*.ts'],
    languageOptions: { globals: { ...globals.browser, ...globals.jest } },
  },
  {
    files: ['force-app/**/lwc/**/__tests__/**/*.ts'],
    rules: { '@lwc/lwc/no-unexpected-wire-adapter-usages': 'off' },
  },
  {
    // A test that expects nothing cannot fail. Assertions that several tests share are named for what they expect.
    files: ['test/**/*.test.ts', 'force-app/**/__tests__/**/*.ts'],
    plugins: { jest },
    rules: {
      'jest/expect-expect': [
        'error',
        // Waits that throw when what they wait for does not come, and helpers that hold an expectation.
        {
          assertFunctionNames: [
            'expect',
            'expect*',
            '**.expect*',
            'until',
            '**.waitFor',
            'story.*Has',
            'story.arrival',
            'shows',
            'isSynced',
            'ok',
            'run',
          ],
        },
      ],
    },
  },
);
