// The document that every Lightning page begins with: who is signed in, where each module is, and the shell.
import type { SessionInfo } from '../oauth/sessionInfo.ts';
import { formatsOf } from './formats.ts';

/** What base components and packages import of the session, by module. */
function modulesOf(session: SessionInfo): Record<string, unknown> {
  return {
    '@salesforce/user/Id': session.userId,
    '@salesforce/user/isGuest': false,
    '@salesforce/client/formFactor': 'Large',
    ...formatsOf(session),
  };
}

/** @param modules address by name */
export function pageOf(session: SessionInfo, apiVersion: string, modules: Readonly<Record<string, string>>): string {
  const shared = { ...session, apiVersion, modules: modulesOf(session) };
  return `<!doctype html>
<html lang="${session.language.replace('_', '-')}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Salesforce</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/_lightning/slds/styles/salesforce-lightning-design-system.min.css">
<link rel="stylesheet" href="/_lightning/styles/hooks.css">
<link rel="stylesheet" href="/_lightning/styles/themes.css">
<script>${sessionScript(shared)}</script>
<script type="importmap">${json({ imports: modules })}</script>
</head>
<body>
<div id="app"></div>
<script type="module">
import '@lwc/synthetic-shadow';
const { start } = await import('host/boot');
await start();
</script>
</body>
</html>
`;
}

/** What modules that were built once ask of the session of today, and how a module is loaded by a name. */
function sessionScript(shared: object): string {
  return `globalThis.lightningSession = ${json(shared)};
Object.assign(globalThis.lightningSession, {
  labels: {},
  load: (name) => import(name),
  module(name) {
    const [, kind, member] = /^@salesforce\\/(\\w+)\\/(?:c\\.)?(.+)$/.exec(name);
    if (kind === 'label') return this.labels[member];
    if (kind === 'customPermission') return this.customPermissions.some((one) => one === member || one.endsWith('__' + member)) || undefined;
    if (kind === 'userPermission') throw new Error(name + ' is not in this host.');
    return this.modules[name];
  },
});`;
}

/** Inside a script, where the text may hold no end of it. */
function json(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}
