// What keeps every record of an object, or every lead, from being created (M17, M18, B23): what describe shows, and what only refusals show – the same
// words for one after the other.

interface Field {
  name: string;
  label: string;
  type: string;
  nillable: boolean;
  createable: boolean;
  defaultedOnCreate: boolean;
}

interface Line {
  sellfireField: string;
  salesforceObject: string;
  salesforceField: string;
  rule: string;
  triggers: readonly string[];
}

export interface ObstacleGiven {
  object: string;
  /** Undefined where the connected user does not see the object. */
  fields: readonly Field[] | undefined;
  mappings: readonly Line[];
  isCreationOn: boolean;
  /** The record type of the settings is none of the connected user's. */
  isUntyped: boolean;
  /** Refusals pause its creation; `isTried`: some try at the moment. */
  refusal: { code: string; isTried: boolean } | undefined;
}

export interface Said {
  code: string;
  sentence: string;
}

const goesOut = (rule: string): boolean => ['TwoWay', 'AlwaysSellfire'].includes(rule);

/** @returns the code, and the words that are in its sentence */
function obstacleOf({
  object,
  fields,
  mappings,
  isUntyped,
  refusal,
}: ObstacleGiven): [code: string, ...words: string[]] | undefined {
  if (!fields) return ['NOTHING_MAPPED', object];
  const mapped = mappings.filter(
    (one) =>
      one.salesforceObject === object &&
      one.triggers.includes('createUpdate') &&
      goesOut(one.rule) &&
      fields.some(({ name }) => name === one.salesforceField),
  );
  if (!mapped.some((one) => one.sellfireField === 'primary_phone_number')) return ['PHONE_UNMAPPED', object];
  if (isUntyped) return ['RECORD_TYPE_UNAVAILABLE', object];
  const unmapped = fields.filter(
    (one) =>
      one.createable &&
      !one.nillable &&
      !one.defaultedOnCreate &&
      one.type !== 'boolean' &&
      !mapped.some(({ salesforceField }) => salesforceField === one.name),
  );
  if (unmapped.length > 0) return ['REQUIRED_UNMAPPED', object, ...unmapped.map(({ label }) => label)];
  return refusal && !refusal.isTried ? [refusal.code] : undefined;
}

function judged(what: string, wanted: readonly string[] | undefined, said: Said | undefined): string[] {
  const [code, ...words] = wanted ?? [];
  const isRight = said?.code === code && words.every((word) => said?.sentence.includes(word));
  return isRight
    ? []
    : [`B23: ${what} is ${said?.code ?? 'none'} instead of ${code ?? 'none'}: ${said?.sentence ?? ''}`];
}

export function auditObstacle(given: ObstacleGiven, obstacle: Said | undefined, pause: Said | undefined): string[] {
  const { object, mappings, isCreationOn } = given;
  const wanted = obstacleOf(given);
  // An admin who has not mapped the phone means to create none.
  const isMeant =
    isCreationOn &&
    mappings.some(
      (one) =>
        one.salesforceObject === object &&
        one.sellfireField === 'primary_phone_number' &&
        one.triggers.includes('createUpdate') &&
        goesOut(one.rule),
    );
  const paused = isMeant && wanted ? ['CREATION_PAUSED', object] : undefined;
  return [...judged(`the obstacle of ${object}`, wanted, obstacle), ...judged(`the pause of ${object}`, paused, pause)];
}

export function auditLeadPause(isOn: boolean, refusal: ObstacleGiven['refusal'], pause: Said | undefined): string[] {
  return judged(
    'the pause of leads',
    isOn && refusal && !refusal.isTried ? ['LEAD_CREATION_PAUSED'] : undefined,
    pause,
  );
}

export type Attempt =
  { subject: string; ok: true } | { subject: string; ok: false; words: string; isOfRecord: boolean } | 'trial';

/** So many in a row, each refused with the same words, and none created between them. */
const ALIKE = 5;

/** What a row of attempts says. @returns the words with which creation pauses, and whether some try it */
export function pauseAfter(attempts: readonly Attempt[]): { words: string; isTried: boolean } | undefined {
  let paused: { words: string; isTried: boolean } | undefined;
  let row: { subject: string; words: string }[] = [];
  for (const attempt of attempts) {
    if (attempt === 'trial') {
      if (paused) paused = { ...paused, isTried: true };
      continue;
    }
    if (attempt.ok) [paused, row] = [undefined, []];
    else if (attempt.isOfRecord && paused?.isTried)
      // Another refusal is of the lead itself: the rule has let it pass.
      [paused, row] = [attempt.words === paused.words ? { ...paused, isTried: false } : undefined, []];
    else if (attempt.isOfRecord && !paused) {
      row = [...row.filter(({ words }) => words === attempt.words), attempt];
      if (new Set(row.map(({ subject }) => subject)).size >= ALIKE) paused = { words: attempt.words, isTried: false };
    }
  }
  return paused;
}
