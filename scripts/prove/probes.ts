// The probes, in the order of what depends most on them.
import JSZip from 'jszip';
import { readFlows } from '../package/flows.ts';
import { readObjects } from '../package/objects.ts';
import { INTEGRATION, readPermissionSets } from '../package/permissionSets.ts';
import { SOURCE_API_VERSION } from '../package/project.ts';
import { codeOf, fails, holds, unknown, type Finding, type Ground, type Probe } from './probe.ts';

const STANDARD = ['Lead', 'Contact', 'Account', 'Opportunity', 'OpportunityLineItem', 'Task'];

export const PROBES: readonly Probe[] = [
  {
    assumption: `The org answers API version ${SOURCE_API_VERSION}`,
    async ask({ connection }) {
      const versions = await connection.request<{ version: string }[]>('/services/data');
      const newest = Math.max(...versions.map(({ version }) => Number(version)));
      const words = `The newest version is ${newest.toFixed(1)}.`;
      return newest >= Number(SOURCE_API_VERSION) ? holds(words) : fails(words);
    },
  },
  {
    assumption: 'Every field of the package is in the describe of its object',
    async ask({ connection, source, prefix }) {
      const missing: string[] = [];
      let seen = 0;
      for (const object of readObjects(source).values()) {
        const name = object.kind === 'standard' ? object.name : prefix + object.name;
        const described = await connection.sobject(name === 'Activity' ? 'Task' : name).describe();
        const names = new Set(described.fields.map((field) => field.name));
        for (const field of object.fields.keys()) {
          seen += 1;
          if (!names.has(prefix + field)) missing.push(`${object.name}.${field}`);
        }
      }
      return missing.length === 0
        ? holds(`All ${seen} fields are visible to the signed-in user.`)
        : fails(`Not visible: ${missing.join(', ')}. Assign a permission set of the package, then ask again.`);
    },
  },
  {
    assumption: 'A field of Activity can be an External ID',
    async ask({ connection, prefix }) {
      const { fields } = await connection.sobject('Task').describe();
      const field = fields.find(({ name }) => name === `${prefix}Sellfire_Activity_Id__c`);
      if (!field)
        return fails(
          'The field is not there. If the deployment refused it, set externalId to false before the first release.',
        );
      return field.externalId
        ? holds('Tasks can be upserted by the id of the activity.')
        : fails('The field is no External ID: the bridge looks for a task before it creates one.');
    },
  },
  {
    assumption: 'The packaged permission set keeps its rights on the package and none on standard objects',
    async ask({ connection, source, prefix }) {
      const set = readPermissionSets(source).find(({ name }) => name === INTEGRATION);
      const soql = `SELECT SobjectType FROM ObjectPermissions WHERE Parent.Name = '${INTEGRATION}'`;
      const rows = await tryQuery<{ SobjectType: string }>({ connection, soql });
      if (typeof rows === 'string') return unknown(`ObjectPermissions cannot be read: ${rows}.`);
      const granted = new Set(rows.map((row) => row.SobjectType));
      const lost = [...(set?.objects.keys() ?? [])].filter((object) => !granted.has(prefix + object));
      const standard = STANDARD.filter((object) => granted.has(object));
      if (lost.length > 0) return fails(`Missing: ${lost.join(', ')}.`);
      return holds(
        `All ${granted.size} objects are there; on standard objects: ${standard.join(', ') || 'none, so a set of your own has to grant them'}.`,
      );
    },
  },
  {
    assumption: 'The flows of the package are active',
    async ask({ connection, source }) {
      const soql = 'SELECT ApiName, IsActive FROM FlowDefinitionView';
      const rows = await tryQuery<{ ApiName: string; IsActive: boolean }>({ connection, soql });
      if (typeof rows === 'string') return unknown(`FlowDefinitionView cannot be read: ${rows}.`);
      const active = new Set(rows.filter((row) => row.IsActive).map((row) => row.ApiName.replace(/^\w+?__/, '')));
      const asleep = readFlows(source).filter(({ name }) => !active.has(name));
      return asleep.length === 0
        ? holds(`All ${active.size} are active.`)
        : fails(`Not active: ${asleep.map(({ name }) => name).join(', ')}. Activate them in Setup, Flows.`);
    },
  },
  {
    assumption: 'An upsert on a key creates one record, however often it is tried',
    writes: true,
    async ask({ connection, prefix }) {
      const object = connection.sobject(`${prefix}Organization__c`);
      const key = { [`${prefix}Organization_Key__c`]: 'prove-org-upsert' };
      const ids = new Set<string>();
      try {
        for (const Name of ['Proof', 'Proof again']) {
          const result = await object.upsert({ Name, ...key }, `${prefix}Organization_Key__c`);
          const [row] = await object.find(key, ['Id']).execute();
          if (result.success && row?.['Id']) ids.add(String(row['Id']));
        }
      } finally {
        for (const id of ids) await object.destroy(id);
      }
      return ids.size === 1 ? holds('Two upserts, one record.') : fails(`Two upserts, ${ids.size} records.`);
    },
  },
  {
    assumption: 'A phase that Sellfire does not know is refused when it is typed',
    writes: true,
    ask: (spec) =>
      refusal(spec, 'Lead', { LastName: 'Proof', Company: 'Proof', [`${spec.prefix}Phase__c`]: 'Won' }, [
        'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
      ]),
  },
  {
    assumption: 'A setting that cannot work is refused by its validation rule',
    writes: true,
    ask: (spec) =>
      refusal(spec, `${spec.prefix}Sync_Settings__c`, { [`${spec.prefix}Report_Days__c`]: 0 }, [
        'FIELD_CUSTOM_VALIDATION_EXCEPTION',
      ]),
  },
  {
    assumption: 'Two mappings that fight over one field are refused, in the words of a label',
    writes: true,
    async ask({ connection, prefix }) {
      const object = connection.sobject(`${prefix}Field_Mapping__c`);
      const mapping = (field: string): Record<string, unknown> => ({
        [`${prefix}Sellfire_Object__c`]: 'lead',
        [`${prefix}Sellfire_Field__c`]: field,
        [`${prefix}Salesforce_Object__c`]: 'Account',
        [`${prefix}Salesforce_Field__c`]: 'Proof_Of_Org',
        [`${prefix}Sync_Rule__c`]: 'AlwaysSellfire',
        [`${prefix}On_Create_Update__c`]: false,
        [`${prefix}On_Sale__c`]: true,
      });
      const ids: string[] = [];
      try {
        for (const field of ['proof_one', 'proof_two']) ids.push((await object.create(mapping(field))).id ?? '');
        return fails('Both were accepted: the flow Field_Mapping_Conflict does not run.');
      } catch (error) {
        const code = codeOf(error);
        const words = error instanceof Error ? error.message : '';
        if (ids.length !== 1 || code !== 'FIELD_CUSTOM_VALIDATION_EXCEPTION')
          return fails(`Refused, but with ${code}.`);
        return words.includes('$Label') ? fails(`The label is not filled in: ${words}`) : holds(`“${words}”.`);
      } finally {
        for (const id of ids) await object.destroy(id);
      }
    },
  },
  {
    assumption: 'ContactId of an Opportunity can be set when it is created, and only then',
    async ask({ connection }) {
      const { fields } = await connection.sobject('Opportunity').describe();
      const field = fields.find(({ name }) => name === 'ContactId');
      if (!field) return fails('There is no such field: the contact role has to be created by itself.');
      const words = `createable ${field.createable}, updateable ${field.updateable}.`;
      return field.createable && !field.updateable ? holds(words) : fails(words);
    },
  },
  {
    assumption: 'The bridge may say who created a task (CreatedById)',
    async ask({ connection }) {
      const { fields } = await connection.sobject('Task').describe();
      return fields.find(({ name }) => name === 'CreatedById')?.createable
        ? holds('Audit fields can be set: tasks show the rep as their creator.')
        : fails(
            'Set Audit Fields upon Record Creation is off: tasks show the integration user as creator and the rep as owner.',
          );
    },
  },
  {
    assumption: 'Pages can create a task and read opportunity products through the UI API',
    async ask({ connection }) {
      const unsupported: string[] = [];
      for (const object of ['Task', 'OpportunityLineItem']) {
        try {
          await connection.request(`/services/data/v${SOURCE_API_VERSION}/ui-api/object-info/${object}`);
        } catch (error) {
          unsupported.push(`${object} (${codeOf(error)})`);
        }
      }
      return unsupported.length === 0
        ? holds('The UI API knows both.')
        : fails(`Not served: ${unsupported.join(', ')}.`);
    },
  },
  {
    assumption: 'The org reports how many events it may still deliver',
    async ask({ connection }) {
      const limits = await connection.request<Record<string, { Max: number; Remaining: number } | undefined>>(
        `/services/data/v${SOURCE_API_VERSION}/limits`,
      );
      const { DailyDeliveredPlatformEvents: events, DailyApiRequests: calls } = limits;
      if (!events) return fails('DailyDeliveredPlatformEvents is not in /limits: the bridge sees only the refusal.');
      return holds(
        `${events.Remaining} of ${events.Max} events and ${calls?.Remaining ?? '?'} API calls are left today.`,
      );
    },
  },
  {
    assumption: 'The org has an edition that takes platform events and change data capture',
    async ask({ connection }) {
      const rows = await tryQuery<{ OrganizationType?: string }>({
        connection,
        soql: 'SELECT OrganizationType FROM Organization',
      });
      if (typeof rows === 'string') return unknown(`Organization cannot be read: ${rows}.`);
      const type = rows[0]?.OrganizationType ?? '';
      return /Enterprise|Unlimited|Performance|Developer/.test(type)
        ? holds(`${type}.`)
        : fails(`It is ${type || 'unnamed'}.`);
    },
  },
  {
    assumption: 'The org takes a component that is only TypeScript',
    async ask({ connection }) {
      const result = await connection.metadata
        .deploy(await typescriptBundle(), { checkOnly: true, singlePackage: true, rollbackOnError: true })
        .complete(true);
      if (result.success) return holds('A check-only deployment of a .ts bundle passed. Prove packaging next.');
      const failures = [result.details?.componentFailures ?? []].flat();
      return fails(`${failures[0]?.problem ?? result.status}. Components are deployed as compiled .js.`);
    },
  },
];

async function tryQuery<Row extends object>({
  connection,
  soql,
}: Pick<Ground, 'connection'> & { soql: string }): Promise<Row[] | string> {
  try {
    return (await connection.query<Row>(soql)).records;
  } catch (error) {
    return codeOf(error);
  }
}

/** Tries to create what must be refused; what is accepted is deleted again. */
async function refusal(
  { connection }: Ground,
  object: string,
  values: Record<string, unknown>,
  expected: string[],
): Promise<Finding> {
  try {
    const { id } = await connection.sobject(object).create(values);
    if (id) await connection.sobject(object).destroy(id);
    return fails('It was accepted.');
  } catch (error) {
    const code = codeOf(error);
    return expected.includes(code) ? holds(`Refused with ${code}.`) : fails(`Refused, but with ${code}.`);
  }
}

async function typescriptBundle(): Promise<Buffer> {
  const zip = new JSZip();
  const bundle = 'lwc/sellfireProof';
  zip.file(
    'package.xml',
    `<?xml version="1.0" encoding="UTF-8"?><Package xmlns="http://soap.sforce.com/2006/04/metadata"><types><members>sellfireProof</members><name>LightningComponentBundle</name></types><version>${SOURCE_API_VERSION}</version></Package>`,
  );
  zip.file(
    `${bundle}/sellfireProof.ts`,
    `import { LightningElement } from 'lwc';\nexport default class SellfireProof extends LightningElement { count: number = 0; }\n`,
  );
  zip.file(`${bundle}/sellfireProof.html`, '<template>{count}</template>');
  zip.file(
    `${bundle}/sellfireProof.js-meta.xml`,
    `<?xml version="1.0" encoding="UTF-8"?><LightningComponentBundle xmlns="http://soap.sforce.com/2006/04/metadata"><apiVersion>${SOURCE_API_VERSION}</apiVersion><isExposed>false</isExposed></LightningComponentBundle>`,
  );
  return zip.generateAsync({ type: 'nodebuffer' });
}
