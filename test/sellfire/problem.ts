// What Sellfire refuses, as an RFC 9457 problem with a code, the field in question, and a sentence for the admin.
import { PROBLEM_STATUS, PROBLEM_TYPE_PREFIX, type Problem, type ProblemCode } from '../../bridge/sellfire/problem.ts';

const TITLES: Readonly<Record<ProblemCode, string>> = {
  invalid_request: 'The request is not what the contract describes',
  invalid_value: 'The value does not fit the field',
  unknown_field: 'There is no such field',
  read_only_field: 'The field is read-only',
  unknown_option: 'The field has no such option',
  phone_taken: 'Another lead has this primary phone number',
  phase_refused: 'The lead cannot go to this phase',
  owner_refused: 'The lead cannot go to this owner',
  version_conflict: 'The lead has changed since that version',
  idempotency_conflict: 'The idempotency key was used for another request',
  not_found: 'Not found',
  unauthorized: 'The API key is missing or wrong',
  forbidden: 'Not allowed',
  rate_limited: 'Too many requests',
  unavailable: 'Sellfire is not available',
};

interface About {
  field?: string | null;
  /** For phone_taken: the lead that holds the phone. */
  lead_id?: string;
  /** Where the code's own status is not the fitting one. */
  status?: number;
}

/** Thrown wherever the dialer refuses; nothing has changed when it is. */
export class Refusal extends Error {
  readonly problem: Problem;

  constructor(code: ProblemCode, detail: string, about: About = {}) {
    super(`${code}: ${detail}`);
    this.name = 'Refusal';
    this.problem = {
      type: `${PROBLEM_TYPE_PREFIX}${code}`,
      title: TITLES[code],
      status: about.status ?? PROBLEM_STATUS[code],
      detail,
      code,
      field: about.field ?? null,
      lead_id: about.lead_id ?? null,
    };
  }
}
