// What the Pub/Sub API's errors ask for.
import { Metadata, status } from '@grpc/grpc-js';
import { describe, expect, it } from '@jest/globals';
import { PeerError } from '../../../../bridge/model/fault.ts';
import type { FaultClass } from '../../../../bridge/model/fault.ts';
import { remedyOf, streamFault } from '../../../../bridge/salesforce/pubsub/streamFaults.ts';
import type { Remedy } from '../../../../bridge/salesforce/pubsub/streamFaults.ts';

const PREFIX = 'sfdc.platform.eventbus.grpc.';

describe('an error code', () => {
  const table: [string, Remedy][] = [
    ['service.unavailable', 'retry'],
    ['topic.api.unavailable', 'retry'],
    ['schema.api.unavailable', 'retry'],
    ['subscription.internal.error', 'retry'],
    ['service.protection.overload', 'slowDown'],
    ['service.auth.error', 'refresh'],
    ['service.auth.headers.invalid', 'stop'],
    ['concurrent.client.limit.exceeded', 'wait'],
    ['subscription.limit.exceeded', 'wait'],
    ['subscription.fetch.replayid.corrupted', 'cursorLost'],
    ['subscription.fetch.replayid.validation.failed', 'cursorLost'],
    ['subscription.fetch.replay.repeated', 'retry'],
    ['subscription.fetch.requested.events.invalid', 'retry'],
    ['subscription.fetch.topic.mismatch', 'retry'],
    ['topic.not.found', 'stop'],
    ['topic.meta.permission', 'stop'],
    ['subscription.topic.cannot.subscribe', 'stop'],
  ];
  it.each(table)('%s → %s, whatever the gRPC status', (suffix, remedy) => {
    for (const code of [status.UNKNOWN, status.INVALID_ARGUMENT, status.PERMISSION_DENIED, status.UNAUTHENTICATED])
      expect(remedyOf(code, PREFIX + suffix)).toBe(remedy);
  });
});

describe('without a code that is known, the gRPC status decides', () => {
  const table: [status, Remedy][] = [
    [status.UNAVAILABLE, 'retry'],
    [status.INTERNAL, 'retry'],
    [status.CANCELLED, 'retry'],
    [status.DEADLINE_EXCEEDED, 'retry'],
    [status.UNAUTHENTICATED, 'refresh'],
    [status.RESOURCE_EXHAUSTED, 'slowDown'],
    [status.PERMISSION_DENIED, 'stop'],
    [status.NOT_FOUND, 'stop'],
    [status.UNIMPLEMENTED, 'stop'],
  ];
  it.each(table)('%i → %s', (code, remedy) => {
    expect(remedyOf(code, '')).toBe(remedy);
    expect(remedyOf(code, `${PREFIX}something.new`)).toBe(remedy);
  });
});

describe('whatever ended a stream', () => {
  it("gRPC's error keeps the platform's code without its prefix, and its sentence", () => {
    const metadata = new Metadata();
    metadata.set('error-code', `${PREFIX}topic.not.found`);
    const error = Object.assign(new Error('5 NOT_FOUND: no'), { code: status.NOT_FOUND, details: 'no', metadata });
    expect(streamFault(error)).toEqual({ remedy: 'stop', code: 'TOPIC_NOT_FOUND', message: 'no' });
  });

  it("gRPC's error without a code goes by its status", () => {
    const error = Object.assign(new Error('14 UNAVAILABLE: no'), {
      code: status.UNAVAILABLE,
      details: 'no',
      metadata: new Metadata(),
    });
    expect(streamFault(error)).toEqual({ remedy: 'retry', code: 'UNAVAILABLE', message: 'no' });
  });

  it.each<[FaultClass, Remedy]>([
    ['stop', 'stop'],
    ['limit', 'wait'],
    ['retry', 'retry'],
    ['auth', 'retry'],
  ])('a fault of signing in of class %s → %s', (faultClass, remedy) => {
    const fault = { class: faultClass, code: 'invalid_grant', message: 'm', fields: [], unknownOutcome: false };
    expect(streamFault(new PeerError('salesforce', fault))).toEqual({ remedy, code: 'invalid_grant', message: 'm' });
  });

  it('anything else is tried again', () => {
    expect(streamFault(new Error('what'))).toEqual({ remedy: 'retry', code: 'INTERNAL_ERROR', message: 'what' });
  });
});
