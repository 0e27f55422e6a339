// Which values a new record may hold by the record type that it gets, read from a local org as in production (M8).
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createRest, type Rest } from '../../../../bridge/salesforce/api/rest.ts';
import { createSession } from '../../../../bridge/salesforce/auth/session.ts';
import { packageNames } from '../../../../bridge/model/salesforce.ts';
import { checkPermissions } from '../../../../bridge/sync/rights.ts';
import { describeObject, readObjects } from '../../../../bridge/salesforce/org/schema.ts';
import { mappingStatuses } from '../../../../bridge/sync/mapping/status.ts';
import { fieldDef, picklist } from '../../../salesforce/fields.ts';
import { startOrg, type RunningOrg } from '../../../salesforce/server.ts';
import { sellfireField } from '../../../helpers/fields.ts';
import { config as usual, mapping, USUAL } from '../../sync/fixtures.ts';

let running: RunningOrg;
let rest: Rest;

beforeAll(async () => {
  running = await startOrg();
  const { org, restUrl: loginUrl, clientId, keyFile, users } = running;
  org.schema.addField(
    'Lead',
    fieldDef({
      name: 'Line__c',
      label: 'Line',
      type: 'picklist',
      restrictedPicklist: true,
      picklistValues: picklist(['Gold', 'Silver', 'Bronze']),
    }),
  );
  const type = { object: 'Lead', developerName: 'Partner', name: 'Partner Leads', active: true };
  org.recordTypes.define({ ...type, picklists: { Line__c: ['Gold', 'Silver'] } });
  const privateKey = await readFile(keyFile, 'utf8');
  const session = createSession({
    loginUrl,
    clientId,
    grant: { kind: 'jwt', username: users.admin.username, privateKey },
  });
  rest = createRest({ session });
});
afterAll(async () => {
  await rest.close();
  await running.close();
});

/** The status of a dropdown that is mapped to the picklist. */
async function status(options: string[]): Promise<{ status: string; reason: string } | undefined> {
  const lead = await describeObject(rest, 'Lead');
  if (!lead) throw new Error('The org has no Lead.');
  const base = usual();
  const found = mappingStatuses({
    ...base,
    mappings: [...USUAL, mapping('custom_line', 'Lead.Line__c', 'TwoWay', { id: 'line' })],
    catalogue: [
      ...base.catalogue,
      sellfireField('custom_line', 'select', { label: 'Line', custom: true, options, max_length: null }),
    ],
    objects: { ...base.objects, Lead: lead },
  }).find((one) => one.mapping.id === 'line');
  return found && { status: found.status, reason: found.reason };
}

describe('a restricted picklist of an object with record types', () => {
  it('costs no call more, and has all of its values, while new records of the user get no record type', async () => {
    const before = rest.calls;
    expect(await status(['Gold', 'Silver', 'Bronze'])).toEqual({ status: 'Ok', reason: '' });
    expect(rest.calls - before).toBe(1);
  });

  it('names the options that the record type of new records lacks, before Salesforce refuses the first', async () => {
    const { org, users } = running;
    org.recordTypes.assign(users.admin.id, 'Lead', ['Partner'], 'Partner');
    expect(await status(['Gold', 'Silver'])).toMatchObject({ status: 'Ok' });
    expect(await status(['Gold', 'Silver', 'Bronze'])).toEqual({
      status: 'Issue',
      reason:
        'Line is restricted and lacks Bronze for the record type Partner Leads, which new records of the connected user get. ' +
        'Add it to the picklist of that record type, or give the user another default record type.',
    });
    expect(() =>
      org.transact({ user: users.admin.id, origin: '' }, (transaction) =>
        transaction.create('Lead', { LastName: 'Reed', Company: 'Reed Hall', Line__c: 'Bronze' }),
      ),
    ).toThrow('bad value for restricted picklist field: Bronze');
  });

  it('has the values of the record type that the settings name', async () => {
    const { org, users } = running;
    const { id } = org.recordTypes.define({
      ...{ object: 'Lead', developerName: 'Direct', name: 'Direct Leads', active: true },
      picklists: { Line__c: ['Bronze'] },
    });
    org.recordTypes.assign(users.admin.id, 'Lead', ['Partner', 'Direct'], 'Partner');
    const lead = await describeObject(rest, 'Lead', 'direct');
    expect(lead).toMatchObject({ newRecordTypeId: id, recordType: 'Direct Leads' });
    expect(lead?.fields['Line__c']?.creationValues).toEqual(['Bronze']);
  });

  it.each([
    ['Nobody', 'unknown'],
    ['Master', 'unknown'],
    ['Closed', 'inactive'],
    ['Foreign', 'unavailable'],
  ])('says of the record type %s of the settings that it is %s', async (wanted, why) => {
    const { org, users } = running;
    for (const developerName of ['Closed', 'Foreign'])
      org.recordTypes.define({
        ...{ object: 'Lead', developerName, name: developerName, active: developerName !== 'Closed', picklists: {} },
      });
    org.recordTypes.assign(users.admin.id, 'Lead', ['Partner', 'Closed'], 'Partner');
    const lead = await describeObject(rest, 'Lead', wanted);
    expect(lead).toMatchObject({ recordTypeProblem: { wanted, why, available: ['Partner Leads'] } });
    expect(lead?.newRecordTypeId).toBeUndefined();
  });

  it('is named by the check of the setup where the connected user cannot give it', async () => {
    const access = await readObjects(rest);
    const lead = await describeObject(rest, 'Lead', 'Nobody');
    if (!lead) throw new Error('The org has no Lead.');
    const right = checkPermissions(packageNames(''), access, new Map([['Lead', lead]])).find(
      ({ object }) => object === 'Lead',
    );
    expect(right?.missing).toContain('Record type');
    expect(right?.sentence).toContain('"Nobody", which Lead does not have. Choose one on the Settings page');
  });
});
