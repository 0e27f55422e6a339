// An org with channels of change events and a platform event, behind a Pub/Sub server, and what its tests ask of it.
import { afterAll, beforeAll } from '@jest/globals';
import { createOrg, type Org } from '../org.ts';
import type { Row } from '../model.ts';
import { startPubSub, type PubSubServer } from '../pubsub/server.ts';
import { channel, customObject, deploy, eventObject, member, textField } from './packages.ts';
import { PubSubClient } from './pubsubClient.ts';

export const LEADS = '/data/LeadChangeEvent';
export const NOTE = '/event/Note__e';

export let now = Date.parse('2026-11-24T10:00:00.000Z');

/** Lets time pass in the org. @param ms how long */
export const pass = (ms: number): void => void (now += ms);
export const HOUR = 60 * 60 * 1000;
export let org: Org;
export let server: PubSubServer;
export let client: PubSubClient;

beforeAll(async () => {
  org = createOrg({ clock: () => now });
  // The tests let days pass.
  org.sessions.lifetimeMs = 1000 * HOUR;
  await deploy(org, {
    'objects/Thing__c.object': customObject(textField('Color__c')),
    'objects/Note__e.object': eventObject(
      textField('Text__c') +
        '<fields><fullName>Size__c</fullName><label>Size</label><type>Number</type><precision>6</precision><scale>2</scale></fields>' +
        '<fields><fullName>At__c</fullName><label>At</label><type>DateTime</type></fields>',
    ),
    'platformEventChannels/Mine__chn.platformEventChannel': channel(),
    'platformEventChannelMembers/Mine_LeadChangeEvent.platformEventChannelMember': member(
      'Mine__chn',
      'LeadChangeEvent',
    ),
    'platformEventChannelMembers/Mine_Thing_ChangeEvent.platformEventChannelMember': member(
      'Mine__chn',
      'Thing__ChangeEvent',
    ),
    'platformEventChannelMembers/Default_LeadChangeEvent.platformEventChannelMember': member(
      'ChangeEvents',
      'LeadChangeEvent',
    ),
  });
  // Short waits in place of the platform's 270 s and 70 s; the second long enough for a busy machine.
  server = await startPubSub(org, { keepaliveMs: 150, idleMs: 3_000 });
  client = new PubSubClient(org, server);
});

afterAll(async () => {
  client.close();
  await server.close();
  org.close();
});

export const as = () => ({ user: org.users.admin.id, origin: 'com/salesforce/api/rest/67.0' });
export const createLead = (fields: Row = {}): string =>
  org.transact(as(), (tx) => tx.create('Lead', { LastName: 'Ng', Company: 'Acme', ...fields }));
export const createThing = (name: string): string => org.transact(as(), (tx) => tx.create('Thing__c', { Name: name }));

export function publishNote(text: string): void {
  org.publish(as(), 'Note__e', { Text__c: text });
}

export function leadWith(name: string, type = '<type>Text</type><length>50</length>', count = 1): string {
  const fields = Array.from({ length: count }, (_, index) => {
    const fullName = name.replace('__c', `${index || ''}__c`);
    return `<fields><fullName>${fullName}</fullName><label>${fullName}</label>${type}</fields>`;
  });
  return `<?xml version="1.0"?><CustomObject xmlns="http://soap.sforce.com/2006/04/metadata">${fields.join('')}</CustomObject>`;
}

/** A stream that got its first keepalive is surely at the tip. */
export async function settled(stream: ReturnType<PubSubClient['subscribe']>): Promise<void> {
  await stream.until((self) => self.responses.length > 0);
}

/** What a stream of this connection sends for the commits so far arrives before the answer of a later call. */
export async function roundTrip(): Promise<void> {
  await client.call('GetTopic', { topic_name: LEADS });
}
