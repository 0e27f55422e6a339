// Hands the auditor what a simulation has left: the states and the journals of both systems, and the rows that the admin reads.
import { audit, auditAfterApplying, auditSafety } from './audit/audit.ts';
import type { Evidence, Switches } from './audit/evidence.ts';
import { ORG_ID } from './configuration.ts';
import { changedFields, wasAlwaysOn, wasEverOn } from './eras.ts';
import { auditWhy, type Answer, type Asked } from './audit/why.ts';
import { BRIDGE_USER } from './peers.ts';
import type { Simulation } from './simulation.ts';
import { ZONES } from './zones.ts';

export const audited = (simulation: Simulation): string[] => audit(evidenceOf(simulation));

/** What holds once every mapping was applied (M9). */
export const auditedAfterApplying = (simulation: Simulation): string[] => auditAfterApplying(evidenceOf(simulation));

/** @returns what judges the answer to a question by what the two systems hold (B16) */
export function whyAuditor(simulation: Simulation): (asked: Asked, answer: Answer) => string[] {
  const evidence = evidenceOf(simulation);
  return (asked, answer) => auditWhy(evidence, asked, answer).map((breach) => `Audit ${breach}`);
}

/** What holds at any moment, whatever is still to be done. */
export const auditedSafety = (simulation: Simulation): string[] => auditSafety(evidenceOf(simulation));

const switches = (isOn: (name: keyof Switches) => boolean): Switches => ({
  activitySync: isOn('activitySync'),
  opportunityAtDemo: isOn('opportunityAtDemo'),
  multiSite: isOn('multiSite'),
  createInSalesforce: isOn('createInSalesforce'),
  updateInSalesforce: isOn('updateInSalesforce'),
  createInSellfire: isOn('createInSellfire'),
  updateInSellfire: isOn('updateInSellfire'),
});

function evidenceOf(simulation: Simulation): Evidence {
  const { org, dialer, store, config, eras, timeZone, calm, lossy, clocks } = simulation;
  const events = dialer.feed.after(0, Infinity);
  const ids = [...new Set(events.flatMap(({ lead_id: id }) => (id === null ? [] : [id])))];
  return {
    records: [...org.records.values()],
    commits: org.stream.map(({ at, changes, hidden = changes }) => ({ at, changes: hidden })),
    leads: ids.flatMap((id) => dialer.leads.find(id) ?? []),
    events,
    rows: store.allReports(ORG_ID),
    unreadable: simulation.unreadable,
    mappings: [
      ...new Map(eras.flatMap((era) => era.config.mappings).map((one) => [JSON.stringify(one), one])).values(),
    ],
    changedFields: changedFields(simulation),
    orgFields: Object.fromEntries(
      [...org.schema].flatMap(([object, fields]) =>
        [...fields].map(([name, { type, scale, picklistValues: values }]) => [
          `${object}.${name}`,
          { type, scale, values },
        ]),
      ),
    ),
    sellfireTypes: Object.fromEntries(dialer.catalogue.list('lead').map(({ name, type }) => [name, type])),
    everOn: switches((name) => wasEverOn(simulation, name)),
    alwaysOn: switches((name) => wasAlwaysOn(simulation, name)),
    demoStage: config.settings.demoStage,
    eras: eras.map((era) => ({ ...era, mappings: era.config.mappings, settings: era.config.settings })),
    country: config.country,
    timeZone,
    users: Object.fromEntries(
      dialer.reps.list().flatMap(({ id, sf_owner_id: user }) => {
        const zone = user === null ? undefined : ZONES[user];
        return user === null || zone === undefined ? [] : [[id, { id: user, timeZone: zone }]];
      }),
    ),
    currencies: config.currencies.several ? config.currencies.codes : [],
    bridgeUser: BRIDGE_USER,
    automated: org.automated,
    objections: org.objections,
    limits: org.limits,
    emails: simulation.emails,
    reps: dialer.reps.list(),
    left: simulation.left,
    refused: org.refused,
    graphs: org.graphs,
    asked: simulation.asked,
    requestedAt: simulation.requestedAt,
    recordTypes: org.recordTypes,
    retired: org.retired,
    refusals: simulation.refusals,
    calm,
    quiet: simulation.quietly,
    inTime: clocks.salesforce === clocks.sellfire,
    exact: !lossy && clocks.salesforce === clocks.sellfire && !org.stream.some(({ hidden }) => hidden),
  };
}
