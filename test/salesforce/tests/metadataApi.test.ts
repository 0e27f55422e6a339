// The Metadata API by SOAP and REST, as jsforce and the CLI call it.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import jsforce from 'jsforce';
import JSZip from 'jszip';
import { deployZip } from '../metadata/deploy.ts';
import { startOrg, type RunningOrg } from '../server.ts';
import { until } from '../../helpers/until.ts';
import { customObject, deploy, textField, xml, zipFiles } from './packages.ts';

describe('the Metadata API', () => {
  let running: RunningOrg;
  let connection: jsforce.Connection;
  const files = { 'objects/Thing__c.object': customObject(textField('A__c')) };

  beforeAll(async () => {
    running = await startOrg();
    const { token } = running.org.sessions.open(running.users.admin.id, 'tests');
    connection = new jsforce.Connection({ instanceUrl: running.restUrl, accessToken: token, version: '67.0' });
    // A second between two questions is long for an org that answers at once.
    connection.metadata.pollInterval = 20;
  });
  afterAll(() => running.close());

  it('deploys for jsforce over SOAP, and reports what failed', async () => {
    const result = await connection.metadata.deploy(await zipFiles(files), { rollbackOnError: true }).complete(true);
    expect(result).toMatchObject({
      success: true,
      status: 'Succeeded',
      numberComponentErrors: 0,
      numberComponentsDeployed: 2,
    });
    expect(running.org.schema.find('Thing__c')).toBeDefined();
    const failed = await connection.metadata.deploy(await zipFiles({ 'flows/F.flow': xml('Flow', '') })).complete(true);
    expect(failed).toMatchObject({ success: false, status: 'Failed', numberComponentsDeployed: 0 });
    const [failure] = [failed.details?.componentFailures ?? []].flat();
    expect(failure).toMatchObject({
      componentType: 'Flow',
      fullName: 'F',
      fileName: 'flows/F.flow',
      problemType: 'Error',
    });
  });

  it('deploys over REST, also only to check', async () => {
    const url = `${running.restUrl}/services/data/v67.0/metadata/deployRequest`;
    const headers = { authorization: `Bearer ${connection.accessToken ?? ''}` };
    const form = new FormData();
    const zip = await zipFiles({ 'objects/Other__c.object': customObject('') });
    form.append('file', new Blob([new Uint8Array(zip)], { type: 'application/zip' }), 'package.xml');
    const options = JSON.stringify({ deployOptions: { checkOnly: true } });
    form.append('entity_content', new Blob([options], { type: 'application/json' }));
    const answer = await fetch(url, { method: 'POST', headers, body: form });
    const { id } = (await answer.json()) as { id: string };
    expect(answer.status).toBe(201);
    const result = await until('the check is done', async () => {
      const status = await connection.metadata.checkDeployStatus(id, true, true);
      return status.done && status;
    });
    expect(result).toMatchObject({ done: true, success: true, checkOnly: true });
    expect(running.org.schema.find('Other__c')).toBeUndefined();
  });

  it('describes and lists what it takes', async () => {
    const described = await connection.metadata.describe('67.0');
    expect(described.metadataObjects.map(({ xmlName }) => xmlName)).toEqual(
      expect.arrayContaining(['CustomObject', 'Flow']),
    );
    await connection.metadata.deploy(await zipFiles(files)).complete(true);
    const [listed] = await connection.metadata.list({ type: 'CustomObject' }, '67.0');
    expect(listed).toMatchObject({ fullName: 'Thing__c', fileName: 'objects/Thing__c.object' });
  });

  it('gives back what was deployed: whole files, single parts, and what a later deployment left alone', async () => {
    const both = { 'objects/Thing__c.object': customObject(textField('A__c') + textField('B__c')) };
    await deploy(running.org, both);
    const onlyA = xml('CustomObject', textField('A__c', '<externalId>true</externalId>'));
    const manifest = '<types><members>Thing__c.A__c</members><name>CustomField</name></types><version>67.0</version>';
    const zip = await zipFiles({ 'objects/Thing__c.object': onlyA }, xml('Package', manifest));
    expect(await deployZip(running.org, zip)).toMatchObject({ success: true });
    const whole = await retrieved({ CustomObject: ['Thing__c'] });
    expect(Object.keys(whole.files)).toEqual(['unpackaged/objects/Thing__c.object', 'unpackaged/package.xml']);
    const object = whole.files['unpackaged/objects/Thing__c.object'] ?? '';
    for (const part of [textField('B__c'), '<externalId>true</externalId>', '<sharingModel>']) {
      expect(object).toContain(part);
    }
    expect(object.match(/<fullName>A__c/g)).toHaveLength(1);
    const part = await retrieved({ CustomField: ['Thing__c.B__c', 'Thing__c.C__c'], Nonsense: ['x'] });
    expect(part.files['unpackaged/objects/Thing__c.object']).toContain(textField('B__c'));
    expect(part.files['unpackaged/objects/Thing__c.object']).not.toContain('A__c');
    expect(part.problems).toEqual([
      "Entity of type 'CustomField' named 'Thing__c.C__c' cannot be found",
      "Unknown type name 'Nonsense' specified in package.xml",
    ]);
  });

  async function retrieved(members: Record<string, string[]>) {
    const types = Object.entries(members).map(([name, names]) => ({ name, members: names }));
    const request = { apiVersion: '67.0', unpackaged: { types, version: '67.0' } } as unknown as Parameters<
      typeof connection.metadata.retrieve
    >[0];
    const { id } = await connection.metadata.retrieve(request);
    const { zipFile, messages } = await connection.metadata.checkRetrieveStatus(id);
    const zip = await JSZip.loadAsync(zipFile, { base64: true });
    const files: Record<string, string> = {};
    for (const file of Object.values(zip.files).filter(({ dir }) => !dir))
      files[file.name] = await file.async('string');
    return { files, problems: [messages ?? []].flat().map(({ problem }) => problem) };
  }

  it('refuses what it does not do, and whoever has no session', async () => {
    await expect(connection.metadata.read('CustomObject', 'Lead')).rejects.toThrow(/readMetadata is not supported/);
    const stranger = new jsforce.Connection({ instanceUrl: running.restUrl, accessToken: 'no', version: '67.0' });
    await expect(stranger.metadata.describe('67.0')).rejects.toThrow(/INVALID_SESSION_ID/);
    const url = `${running.restUrl}/services/data/v67.0/metadata/deployRequest`;
    expect((await fetch(url, { method: 'POST' })).status).toBe(401);
    const headers = { authorization: `Bearer ${connection.accessToken ?? ''}` };
    expect((await fetch(url, { method: 'POST', headers })).status).toBe(400);
    expect((await fetch(`${url}/0Af000000000000AAA`, { headers })).status).toBe(404);
  });
});
