// Holds the directions in which the bridge's rooms may import from each other, and that nothing imports in a circle.
// docs/architecture.md draws them; `npm run check` fails with the arrow that was turned round.

/** Rooms that a room of the bridge may import from, besides itself. */
const BRIDGE = {
  model: [],
  lib: ['model'],
  sync: ['model'],
  salesforce: ['lib', 'model'],
  sellfire: ['lib', 'model'],
  mail: ['lib', 'model'],
  alerts: ['lib', 'model', 'sellfire'],
  config: ['alerts', 'http', 'model'],
  store: ['lib', 'model'],
  jobs: ['lib', 'model', 'store', 'sync'],
  http: ['lib', 'model', 'salesforce', 'sellfire', 'store'],
  tracing: ['jobs', 'sync'],
  requests: ['jobs', 'lib', 'model', 'salesforce', 'sellfire', 'store', 'sync'],
  connection: [
    ...['alerts', 'http', 'jobs', 'lib', 'model', 'requests', 'salesforce', 'sellfire', 'store', 'sync', 'tracing'],
  ],
  leadership: [
    'alerts',
    'connection',
    'http',
    'jobs',
    'lib',
    'mail',
    'model',
    'salesforce',
    'sellfire',
    'store',
    'tracing',
  ],
  deployment: ['config', 'connection', 'http', 'lib', 'model', 'store'],
  commands: [
    'config',
    'connection',
    'deployment',
    'http',
    'leadership',
    'lib',
    'model',
    'requests',
    'salesforce',
    'sellfire',
    'store',
  ],
};

/** Rooms of the core: values ← mapping ← turn ← fields ← link ← {files, sale, command, why} ← {events, writes} ← decide, settle, task. */
const SYNC = {
  alerts: [],
  values: [],
  mapping: ['values'],
  turn: ['mapping', 'values'],
  fields: ['mapping', 'turn', 'values'],
  link: ['fields', 'mapping', 'turn', 'values'],
  files: ['fields', 'link', 'mapping', 'turn', 'values'],
  sale: ['fields', 'link', 'mapping', 'turn', 'values'],
  command: ['fields', 'link', 'mapping', 'turn', 'values'],
  events: ['fields', 'link', 'mapping', 'sale', 'turn', 'values'],
  writes: ['fields', 'link', 'mapping', 'sale', 'turn', 'values'],
  why: ['fields', 'link', 'mapping', 'turn', 'values'],
};

/** Rooms of the Salesforce side: org and lookups stand on api, api on auth; the event stream is beside them. */
const SALESFORCE = {
  auth: [],
  api: ['auth'],
  pubsub: ['auth'],
  org: ['api'],
  lookups: ['api'],
};

const either = (names) => `(${names.join('|')})`;

/** A rule a room: what it imports lies in itself, in the rooms named, or outside the folder that the rooms divide. */
const roomRules = (folder, rooms, files = []) =>
  Object.entries(rooms).map(([room, allowed]) => ({
    name: `${folder}/${room}`,
    comment: `${folder}/${room} may import from ${allowed.join(', ') || 'nothing but itself'} only.`,
    severity: 'error',
    from: { path: `^${folder}/${room}/` },
    to: {
      path: `^${folder}/`,
      pathNot: [`^${folder}/${either([room, ...allowed])}/`, ...files.map((file) => `^${folder}/${file}$`)],
    },
  }));

module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      comment: 'Files that import each other cannot be understood apart.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-tests',
      comment: 'The bridge never imports from test/ or scripts/.',
      severity: 'error',
      from: { path: '^bridge/' },
      to: { path: '^(test|scripts)/' },
    },
    {
      name: 'only-the-log',
      comment: 'Rooms of the bridge import no file of its root but the log and the configuration.',
      severity: 'error',
      from: { path: '^bridge/[^/]+/' },
      to: { path: '^bridge/[^/]+\\.ts$', pathNot: '^bridge/(log|config)\\.ts$' },
    },
    {
      name: 'core-is-pure',
      comment:
        'bridge/sync decides; it does no I/O and knows no library but those of values, and of node:crypto its hash (eslint.config.js).',
      severity: 'error',
      from: { path: '^bridge/sync/' },
      to: { dependencyTypesNot: ['local'], pathNot: '(^|/)(node_modules/)?(luxon|big\\.js)(/|$)|^(node:)?crypto$' },
    },
    {
      name: 'one-phone-reader',
      comment: 'Phone numbers are read in bridge/model/phone.ts, so that no two places read one text differently.',
      severity: 'error',
      from: { path: '^bridge/', pathNot: '^bridge/(model/(phone|country)|config/variables)\\.ts$' },
      to: { path: '(^|/)node_modules/libphonenumber-js(/|$)' },
    },
    ...roomRules('bridge', BRIDGE, ['[^/]+\\.ts']),
    ...roomRules('bridge/sync', SYNC),
    ...roomRules('bridge/salesforce', SALESFORCE, ['faults\\.ts']),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.js'] },
  },
};
