// Maps a failed call of the Pub/Sub API to its remedy. One function, one table: a cursor that is refused, a used-up allocation and
// a cut connection look alike to a client that only retries, and two of them would then loop for ever.
// Source: Pub/Sub API guide, "Handle Errors"; the trailer `error-code`.
import { status } from '@grpc/grpc-js';
import type { ServiceError } from '@grpc/grpc-js';
import { PeerError, policyOf } from '../../model/fault.ts';

/**
 * `retry`: soon, with growing delay · `refresh`: with a new token · `slowDown`: later, the service protects itself ·
 * `wait`: much later, an allocation is used up · `cursorLost`: the server does not have the position any more · `stop`: an admin
 * has to act.
 */
export type Remedy = 'retry' | 'refresh' | 'slowDown' | 'wait' | 'cursorLost' | 'stop';

export interface StreamFault {
  remedy: Remedy;
  /** Without the platform's prefix, in the form of all codes: `SUBSCRIPTION_LIMIT_EXCEEDED`; else the name of the gRPC status, or the bridge's own code. */
  code: string;
  message: string;
}

const PREFIX = 'sfdc.platform.eventbus.grpc.';

const REMEDIES: readonly (readonly [pattern: string, remedy: Remedy])[] = [
  ['service.unavailable', 'retry'],
  ['topic.api.unavailable', 'retry'],
  ['schema.api.unavailable', 'retry'],
  ['subscription.internal.error', 'retry'],
  ['service.protection.*', 'slowDown'],
  ['service.auth.error', 'refresh'],
  ['service.auth.headers.invalid', 'stop'],
  ['concurrent.client.limit.exceeded', 'wait'],
  ['subscription.limit.exceeded', 'wait'],
  ['subscription.fetch.replayid.corrupted', 'cursorLost'],
  ['subscription.fetch.replayid.validation.failed', 'cursorLost'],
  // Mistakes of a client within a stream: a new stream starts without them.
  ['subscription.fetch.*', 'retry'],
  ['topic.not.found', 'stop'],
  ['topic.validation.*', 'stop'],
  ['topic.meta.permission', 'stop'],
  ['subscription.topic.cannot.subscribe', 'stop'],
  ['publish.topic.cannot.publish', 'stop'],
];

/** By gRPC status, where there is no code or one that is not known. */
const BY_STATUS: Partial<Record<status, Remedy>> = {
  [status.UNAUTHENTICATED]: 'refresh',
  [status.PERMISSION_DENIED]: 'stop',
  [status.NOT_FOUND]: 'stop',
  [status.UNIMPLEMENTED]: 'stop',
  [status.RESOURCE_EXHAUSTED]: 'slowDown',
};

export function remedyOf(grpcStatus: status, errorCode: string): Remedy {
  const suffix = errorCode.startsWith(PREFIX) ? errorCode.slice(PREFIX.length) : errorCode;
  const match = REMEDIES.find(([pattern]) =>
    pattern.endsWith('*') ? suffix.startsWith(pattern.slice(0, -1)) : suffix === pattern,
  );
  return match?.[1] ?? BY_STATUS[grpcStatus] ?? 'retry';
}

/** The fault of an error that ended a stream or a call: gRPC's, the session's, or the bridge's own. */
export function streamFault(error: unknown): StreamFault {
  if (isServiceError(error)) {
    const errorCode = String(error.metadata?.get('error-code')[0] ?? '');
    const own = errorCode.replace(PREFIX, '').replaceAll('.', '_').toUpperCase();
    const code = own || (status[error.code] ?? String(error.code));
    return { remedy: remedyOf(error.code, errorCode), code, message: error.details || error.message };
  }
  if (error instanceof PeerError) {
    const { code, message } = error.fault;
    const { needsAdmin, pausesAll } = policyOf(error.fault);
    const remedy = needsAdmin ? 'stop' : pausesAll === 'forAWhile' ? 'wait' : 'retry';
    return { remedy, code, message };
  }
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'INTERNAL_ERROR';
  return { remedy: 'retry', code, message: error instanceof Error ? error.message : String(error) };
}

export function isServiceError(error: unknown): error is ServiceError {
  return error instanceof Error && 'code' in error && typeof error.code === 'number' && 'details' in error;
}
