// Orgs that let no record be created (B23): required fields that nothing fills, objects that are hidden, record types that nobody may give, rules that
// only their refusals show; and what a row of attempts says of it.
import { explain } from '../../../bridge/model/catalogue/catalogue.ts';
import type { CreationRefusal, SyncConfig } from '../../../bridge/model/config.ts';
import type { Fault } from '../../../bridge/model/fault.ts';
import { SYNC_RULES, TRIGGERS, type FieldMapping } from '../../../bridge/model/mapping.ts';
import { creationObstacle, creationPause } from '../../../bridge/sync/link/creationPause.ts';
import { afterCreation, duringTrial, type RefusalsSeen } from '../../../bridge/sync/link/creationRefusals.ts';
import { salesforceField, salesforceObject } from '../../helpers/fields.ts';
import type { Random } from '../../sellfire/random.ts';
import { auditLeadPause, auditObstacle, pauseAfter, type Attempt } from '../audit/obstacles.ts';
import type { Simulation } from '../simulation.ts';
import type { Feature } from './feature.ts';

const ASKED = 25;
const LINES = [
  ['primary_phone_number', 'Phone'],
  ['last_name', 'LastName'],
  ['business_name', 'Company'],
] as const;

function described(simulation: Simulation): string[] {
  const { random, config } = simulation;
  const object = random.pick(['Lead', 'Contact'] as const);
  const fields = LINES.filter(() => random.chance(0.9)).map(([, name]) =>
    salesforceField(name, name !== 'Phone' && random.chance(0.1) ? 'boolean' : 'string', {
      ...{ label: `The ${name}`, nillable: name === 'Phone' || random.chance(0.4) },
      ...{ createable: random.chance(0.9), defaultedOnCreate: random.chance(0.1) },
    }),
  );
  const isUntyped = random.chance(0.1);
  const type = { wanted: 'Business', why: 'unavailable' as const, available: [] };
  const seen = random.chance(0.9)
    ? { [object]: salesforceObject(object, fields, isUntyped ? { recordTypeProblem: type } : {}) }
    : {};
  const mappings = LINES.filter(() => random.chance(0.9)).map(([sellfire, name], index): FieldMapping => {
    return {
      ...{ id: `a0M${index}`, sellfireObject: 'lead', sellfireField: sellfire },
      salesforceObject: random.chance(0.9) ? object : 'Account',
      ...{ salesforceField: name, rule: random.chance(0.6) ? 'TwoWay' : random.pick(SYNC_RULES) },
      triggers: random.chance(0.8) ? ['createUpdate'] : TRIGGERS.filter(() => random.chance(0.5)),
    };
  });
  const refusal: CreationRefusal | undefined = random.chance(0.4)
    ? { why: explain('NO_ITEMS', { name: 'x' }), words: 'x', isTried: random.chance(0.4) }
    : undefined;
  const settings = {
    ...config.settings,
    createInSalesforce: random.chance(0.8),
    createInSellfire: random.chance(0.8),
  };
  const own: SyncConfig = {
    ...{ ...config, settings, mappings, objects: seen },
    ...(refusal ? { creationRefusals: { [object]: refusal, Sellfire: refusal } } : {}),
  };
  const known = refusal && { code: refusal.why.code, isTried: refusal.isTried };
  const given = { object, fields: seen[object] && fields, mappings, isCreationOn: settings.createInSalesforce };
  return [
    ...auditObstacle(
      { ...given, isUntyped, refusal: known },
      creationObstacle(own, object),
      creationPause(own, object),
    ),
    ...auditLeadPause(settings.createInSellfire, known, creationPause(own, 'Sellfire')),
  ];
}

const faultOf = (words: string, isOfRecord: boolean): Fault => {
  return { class: isOfRecord ? 'record' : 'exists', code: 'X', message: words, fields: [], unknownOutcome: false };
};

/** Attempts in a row: most of them meet the same rule. */
function refusals(random: Random): string[] {
  const attempts: Attempt[] = [];
  let seen: RefusalsSeen = {};
  const likely = random.pick([0.02, 0.2]);
  for (let count = 0; count < 20; count += 1) {
    const subject = `lead_${random.between(1, 8)}`;
    const attempt: Attempt = random.chance(0.1)
      ? 'trial'
      : random.chance(likely)
        ? { subject, ok: true }
        : {
            ...{ subject, ok: false, isOfRecord: random.chance(0.9) },
            words: random.chance(likely) ? 'Another rule.' : 'A rule.',
          };
    attempts.push(attempt);
    if (attempt === 'trial') seen = duringTrial(seen);
    else
      seen = afterCreation(
        seen,
        attempt.ok ? attempt : { ...attempt, fault: faultOf(attempt.words, attempt.isOfRecord) },
      );
    const wanted = pauseAfter(attempts);
    const { paused } = seen;
    const isSame = paused ? paused.words === `X ${wanted?.words}` && paused.isTried === wanted?.isTried : !wanted;
    if (!isSame) return [`B23: after ${JSON.stringify(attempts)} creation is ${JSON.stringify(paused)}.`];
  }
  return [];
}

export const OBSTACLES: Feature = {
  name: 'obstacles',
  ask: (simulation) =>
    Array.from({ length: ASKED }, () => [...described(simulation), ...refusals(simulation.random)]).flat(),
};
