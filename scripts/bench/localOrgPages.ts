// node scripts/bench/localOrgPages.ts: how long a page waits for the local org where there is much to look through.
//
// The org and its client are one process. The records are put straight into the table, as only reading is measured; they
// are read over HTTP as the package's administrator, with access enforced.
import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { startOrg } from '../../test/salesforce/server.ts';
import { describeMachine, machineLine } from './figures.ts';
import { fillReports } from './fillOrg.ts';
import { median } from './percentile.ts';

const PACKAGE = fileURLToPath(new URL('../../force-app', import.meta.url));
const GRAPHQL = '/services/data/v67.0/graphql';
const REPORTS = 100_000;
const TIMES = 9;

const FIELDS = `edges { node { Id Name { value } Outcome__c { value } Code__c { value } Reason__c { value }
  Occurred_At__c { value displayValue } Lead__r { Name { value } } CreatedBy { Name { value } } } }
  pageInfo { hasNextPage endCursor }`;
const LATEST = 'orderBy: { Occurred_At__c: { order: DESC, nulls: LAST } }';
const NEEDS_ACTION = 'where: { Outcome__c: { in: ["Failed", "Refused"] }, Code__c: { eq: "cause_3" } }';
const QUERIES: Record<string, string> = {
  'first 50': `query { Integration_Report__c(first: 50) { ${FIELDS} } }`,
  'latest 50': `query { Integration_Report__c(first: 50, ${LATEST}) { ${FIELDS} } }`,
  'latest 50 of a filter': `query { Integration_Report__c(first: 50, ${NEEDS_ACTION}, ${LATEST}) { ${FIELDS} } }`,
  'the same with their number': `query { Integration_Report__c(first: 50, ${NEEDS_ACTION}, ${LATEST}) { totalCount ${FIELDS} } }`,
  '50 by two texts': `query { Integration_Report__c(first: 50, orderBy: { Code__c: { order: ASC }, Name: { order: DESC } }) { ${FIELDS} } }`,
  'first 2,000': `query { Integration_Report__c(first: 2000) { ${FIELDS} } }`,
  'groups by cause': `aggregate { Integration_Report__c(
    where: { Outcome__c: { in: ["Failed", "Refused"] } } groupBy: { Code__c: { group: true } }
    orderBy: { Id: { function: COUNT, order: DESC } }
  ) { edges { node { aggregate { Code__c { value } Id { count { value } } Occurred_At__c { max { value } } } } } } }`,
};

const load = loadavg()[0] ?? 0;
const running = await startOrg({ deploy: PACKAGE });
try {
  fillReports(running, REPORTS);
  const { token } = running.org.sessions.open(running.users.administrator.id, running.clientId);
  process.stdout.write(
    `| ${REPORTS.toLocaleString('en')} reports | first ms | median ms | max ms |\n| --- | ---: | ---: | ---: |\n`,
  );
  for (const [name, query] of Object.entries(QUERIES)) {
    const times: number[] = [];
    for (let time = 0; time <= TIMES; time += 1) times.push(await ask(token, query));
    const [first = NaN, ...others] = times;
    const cells = [first, median(others), Math.max(...others)].map((ms) => ms.toFixed(1));
    process.stdout.write(`| ${name} | ${cells.join(' | ')} |\n`);
  }
  process.stdout.write(`\n${machineLine(describeMachine(load))}\n`);
} finally {
  await running.close();
}

/** @returns ms until the whole answer is there. @throws Error where it has errors */
async function ask(token: string, query: string): Promise<number> {
  const start = performance.now();
  const response = await fetch(running.restUrl + GRAPHQL, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query: `{ uiapi { ${query} } }` }),
  });
  const { errors } = (await response.json()) as { errors: { message: string }[] };
  const ms = performance.now() - start;
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'));
  return ms;
}
