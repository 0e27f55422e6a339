// Lints the repository and holds the import directions of the bridge:
// cli → service → {commands, connection} → {http, jobs} → {salesforce, sellfire, store} → model, and jobs → sync → model.
import js from '@eslint/js';
import globals from 'globals';
import tseslint from 'typescript-eslint';

/** Folders that a folder of the bridge may import from, besides itself. Nothing in `bridge/` may import from `test/`. */
const MAY_IMPORT = {
  model: [],
  sync: ['model'],
  salesforce: ['model'],
  sellfire: ['model'],
  mail: ['model'],
  store: ['model'],
  jobs: ['model', 'sync', 'salesforce', 'sellfire', 'store'],
  http: ['model', 'salesforce', 'sellfire', 'store'],
  requests: ['model', 'sync', 'salesforce', 'sellfire', 'store', 'jobs'],
  connection: ['model', 'sync', 'salesforce', 'sellfire', 'store', 'jobs', 'requests', 'http'],
  commands: ['model', 'salesforce', 'sellfire', 'store', 'http', 'requests', 'connection'],
};
const FOLDERS = Object.keys(MAY_IMPORT);

const importRules = FOLDERS.map((folder) => {
  const barred = FOLDERS.filter((other) => other !== folder && !MAY_IMPORT[folder].includes(other));
  return {
    files: [`bridge/${folder}/**/*.ts`],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: `^\\.\\./(${[...barred, 'service', 'cli'].join('|')})(/|\\.ts$)`,
              message: `bridge/${folder} may import from ${MAY_IMPORT[folder].join(', ') || 'nothing but itself'} only.`,
            },
            { regex: '(^|/)test/', message: 'The bridge never imports from test/.' },
            ...(folder === 'sync'
              ? [{ regex: '^(?!\\.)(?!libphonenumber-js|luxon|big\\.js)', message: 'bridge/sync does no I/O.' }]
              : []),
          ],
        },
      ],
    },
  };
});

export default tseslint.config(
  { ignores: ['node_modules/', 'coverage/', 'data/', 'force-app/'] },
  js.configs.recommended,
  ...tseslint.configs.strict,
  {
    languageOptions: { globals: { ...globals.node } },
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
    },
  },
  { files: ['bridge/*.ts'], rules: { 'no-restricted-imports': ['error', { patterns: [{ regex: '(^|/)test/' }] }] } },
  ...importRules,
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
);
