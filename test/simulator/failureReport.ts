// Prints a failing history: how to replay it, its steps, the events of both systems, and both states.
import { ORG_ID } from './configuration.ts';
import { START, type Simulation } from './simulation.ts';
import { play, type History } from './history.ts';

export async function failureReport(history: History): Promise<string> {
  const { simulation, problems } = await play(history);
  return [
    ...problems,
    '',
    `Replay: npm run simulate -- --shrink --seeds 1 --from ${history.seed}${history.isStorm ? ' --storm' : ''}`,
    `Steps: ${history.steps.map(({ kind, seed }) => `${kind}:${seed}`).join(' ')}`,
    `Fault rates: ${JSON.stringify(history.faultRates)}`,
    `Features: ${history.features.map(({ name }) => name).join(' ') || 'none'}`,
    `Settings: ${JSON.stringify(simulation.config.settings)}`,
    '',
    ...timeline(simulation),
    '',
    ...states(simulation),
    '',
  ].join('\n');
}

/** The events of both systems by time; ms since the start. */
function timeline(simulation: Simulation): string[] {
  const salesforce = simulation.org.stream.flatMap(({ at, changes, lost }) =>
    changes.map(({ kind, object, recordId, user, fields }) => ({
      at,
      line: `Salesforce ${kind} ${object} ${recordId} by ${user} ${JSON.stringify(fields)}${lost ? ' (lost)' : ''}`,
    })),
  );
  const sellfire = simulation.dialer.feed.after(0, Infinity).map(({ occurred_at, type, lead_id, actor, changes }) => ({
    at: Date.parse(occurred_at),
    line: `Sellfire   ${type} ${lead_id} by ${actor.kind} ${JSON.stringify(Object.fromEntries(Object.entries(changes).map(([name, { to }]) => [name, to])))}`,
  }));
  return [...salesforce, ...sellfire]
    .sort((a, b) => a.at - b.at)
    .map(({ at, line }) => `${String(at - START).padStart(10)} ${line}`);
}

function states(simulation: Simulation): string[] {
  return [
    ...simulation.store.allLinks(ORG_ID).map((link) => `Link ${JSON.stringify(link)}`),
    ...[...simulation.dialer.leads.live()].map(
      ({ id, fields, salesforce }) => `Lead in Sellfire ${JSON.stringify({ id, ...fields, ...salesforce })}`,
    ),
    ...simulation.org
      .live()
      .map(({ id, object, fields }) => `${object} in Salesforce ${JSON.stringify({ id, ...fields })}`),
    ...simulation.store
      .allReports(ORG_ID)
      .map(
        ({ event, outcome, code, reason, sellfireLeadId, salesforceRecordId }) =>
          `Report ${event} ${outcome} ${code} ${sellfireLeadId} ${salesforceRecordId} ${reason}`,
      ),
  ];
}
