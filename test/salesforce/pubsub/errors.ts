// How the Pub/Sub API refuses: a gRPC status, the platform's own code in the trailer `error-code`, and an id that names
// the call. Source: Pub/Sub API guide, "Handle Errors".
import { randomUUID } from 'node:crypto';
import { Metadata, status, type ServiceError } from '@grpc/grpc-js';

const PREFIX = 'sfdc.platform.eventbus.grpc.';

/** Every refusal that this server makes: suffix of the code → gRPC status and words. */
const REFUSALS = {
  'service.auth.headers.invalid': [status.UNAUTHENTICATED, 'An authentication header is missing, blank or invalid.'],
  'service.auth.error': [status.UNAUTHENTICATED, 'An authentication exception occurred.'],
  'service.unavailable': [status.UNAVAILABLE, 'The service is unavailable. Try again later.'],
  'topic.not.found': [status.NOT_FOUND, 'The topic was not found.'],
  'topic.validation.empty': [status.INVALID_ARGUMENT, 'The topic name is blank.'],
  'schema.validation.failed': [status.INVALID_ARGUMENT, 'The schema ID is blank.'],
  'schema.not.found': [status.NOT_FOUND, 'The schema was not found.'],
  'subscription.fetch.replayid.corrupted': [
    status.INVALID_ARGUMENT,
    'The Replay ID is invalid, or no longer within the retention window.',
  ],
  'subscription.fetch.replayid.validation.failed': [
    status.INVALID_ARGUMENT,
    'The replay preset is CUSTOM and no Replay ID is given.',
  ],
  'subscription.fetch.requested.events.invalid': [
    status.INVALID_ARGUMENT,
    'The number of requested events must be greater than zero.',
  ],
  'subscription.fetch.topic.mismatch': [
    status.INVALID_ARGUMENT,
    'The topic name differs from the one in the first request of the stream.',
  ],
  'subscription.topic.cannot.subscribe': [
    status.PERMISSION_DENIED,
    'The user does not have the permissions to subscribe to the topic.',
  ],
  'subscription.limit.exceeded': [
    status.RESOURCE_EXHAUSTED,
    'You have exceeded the event delivery limit for your org.',
  ],
  'publish.event.count.invalid': [status.INVALID_ARGUMENT, 'The request has no events, or too many.'],
  'publish.topic.mismatch': [
    status.INVALID_ARGUMENT,
    'The topic name differs from the one in the first request of the stream.',
  ],
  'publish.topic.cannot.publish': [status.PERMISSION_DENIED, 'Events cannot be published to this topic.'],
  'publish.stream.sweeper.timeout': [status.ABORTED, 'No publish request came in time.'],
} as const satisfies Record<string, readonly [status, string]>;

export type RefusalCode = keyof typeof REFUSALS;

/** The error that ends a call. */
export function refusal(code: RefusalCode, detail = ''): ServiceError {
  const [grpcStatus, words] = REFUSALS[code];
  return grpcError(grpcStatus, detail ? `${words} ${detail}` : words, PREFIX + code);
}

/** An error with any gRPC status; the trailer is left out where the platform has no code for it. */
export function grpcError(code: status, words: string, errorCode?: string): ServiceError {
  const rpcId = randomUUID();
  const metadata = new Metadata();
  if (errorCode) metadata.set('error-code', errorCode);
  metadata.set('rpc-id', rpcId);
  const details = `${words} rpcId: ${rpcId}`;
  return Object.assign(new Error(details), { code, details, metadata });
}
