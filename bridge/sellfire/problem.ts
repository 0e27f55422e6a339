// Defines the problem documents of Sellfire's API (RFC 9457): the codes, the HTTP status of each, and the schema.
import { z } from 'zod';
import { openEnum } from '../model/openEnum.ts';

/** Codes of problems, the last part of a problem's `type` (`urn:sellfire:problem:<code>`). */
export const PROBLEM_CODES = [
  'invalid_request',
  'invalid_value',
  'unknown_field',
  'read_only_field',
  'unknown_option',
  'phone_taken',
  'phase_refused',
  'owner_refused',
  'version_conflict',
  'idempotency_conflict',
  'not_found',
  'unauthorized',
  'forbidden',
  'rate_limited',
  'unavailable',
] as const;
export type ProblemCode = (typeof PROBLEM_CODES)[number];

/** The HTTP status that each problem is answered with (a body over the limit is `invalid_request` with 413). */
export const PROBLEM_STATUS: Readonly<Record<ProblemCode, number>> = {
  invalid_request: 400,
  invalid_value: 422,
  unknown_field: 422,
  read_only_field: 422,
  unknown_option: 422,
  phone_taken: 409,
  phase_refused: 409,
  owner_refused: 409,
  version_conflict: 409,
  idempotency_conflict: 409,
  not_found: 404,
  unauthorized: 401,
  forbidden: 403,
  rate_limited: 429,
  unavailable: 503,
};
/** The prefix of a problem's `type`; the code follows. */
export const PROBLEM_TYPE_PREFIX = 'urn:sellfire:problem:';
/** The media type of a problem (RFC 9457). */
export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: openEnum(PROBLEM_CODES),
    field: z.string().nullable().optional(),
    /** For phone_taken: the lead that has the phone number. */
    lead_id: z.string().nullable().optional(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof problemSchema>;
