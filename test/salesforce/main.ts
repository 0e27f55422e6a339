// Starts the local org by itself and prints one JSON line with all that a client needs to reach it.
import { Command, InvalidArgumentError } from 'commander';
import { entrance } from './lightning/router.ts';
import { startOrg } from './server.ts';

const port = (text: string): number => {
  const parsed = Number(text);
  if (!/^\d{1,5}$/.test(text) || parsed > 65_535) throw new InvalidArgumentError('A port is a number up to 65535.');
  return parsed;
};
const namespace = (text: string): string => {
  if (!/^[a-z]\w{0,14}$/i.test(text)) throw new InvalidArgumentError('A namespace has 1 to 15 letters and digits.');
  return text;
};

const count = (text: string): number => {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('A whole number is expected.');
  return Number(text);
};

const { deploy, ...rest } = new Command('org')
  .description('A Salesforce org in one process, on this machine only.')
  .option('--port <number>', 'port of REST and OAuth; 0 is any free one', port, 0)
  .option('--pubsub-port <number>', 'port of the Pub/Sub API; 0 is any free one', port, 0)
  .option('--namespace <prefix>', 'deploy the package under this namespace', namespace)
  .option('--instance-url <url>', 'where a sign-in says that the org is: a server in front of it')
  .option('--org-id <id>', 'the id of the org, where several run; the same for all otherwise')
  .option('--deploy <folder>', 'source folder to deploy at start, or "none"', 'force-app')
  .option('--file <path>', 'keep the records in this SQLite file; otherwise in memory')
  .option('--delivered-events <number>', 'events that it delivers, and no more', count)
  .parse()
  .opts<{
    port: number;
    pubsubPort: number;
    namespace?: string;
    instanceUrl?: string;
    orgId?: string;
    deploy: string;
    file?: string;
    deliveredEvents?: number;
  }>();

const running = await startOrg({
  ...rest,

  ...(deploy !== 'none' && { deploy }),
});
const line = {
  restUrl: running.restUrl,
  // Opens the pages, signed in as the administrator of the package.
  ...(deploy !== 'none' && { pages: entrance(running.restUrl) }),
  pubsubUrl: running.pubsubUrl,
  caFile: running.caFile,
  clientId: running.clientId,
  clientSecret: running.clientSecret,
  keyFile: running.keyFile,
  orgId: running.org.id,
  users: { admin: running.users.admin.username, integration: running.users.integration.username },
  password: running.users.admin.password,
};
process.stdout.write(`${JSON.stringify(line)}\n`);

const stop = (): void => {
  process.off('SIGTERM', stop);
  process.off('SIGINT', stop);
  void running.close();
};
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
