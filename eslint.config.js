// Lints the repository. In which direction the rooms of the bridge import stands in .dependency-cruiser.cjs.
import js from '@eslint/js';
import componentRules from '@salesforce/eslint-config-lwc/recommended-ts.js';
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
    // The core is pure: no clock, no randomness, no globals of the process.
    files: ['bridge/sync/**/*.ts'],
    rules: {
      'no-restricted-globals': ['error', 'process', 'fetch', 'setTimeout', 'setInterval', 'crypto', 'console'],
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
    files: ['force-app/**/__tests__/**/*.ts'],
    rules: {
      // Assertions that several tests share are named for what they expect.
      'jest/expect-expect': ['warn', { assertFunctionNames: ['expect', 'expect*'] }],
    },
  },
);
