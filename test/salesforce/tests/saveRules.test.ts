// Rules that an admin makes: validation, duplicate and assignment rules.
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import jsforce from 'jsforce';
import type { Row } from '../model.ts';
import { startOrg, type RunningOrg } from '../server.ts';
import { assertion, DATA, signIn, type Send } from './client.ts';
import { customObject, deploy, problems, textField, xml } from './packages.ts';

// What a customer's org adds to every save: validation rules and duplicate rules.
let running: RunningOrg;
let send: Send;

beforeAll(async () => {
  running = await startOrg();
  send = await signIn(running);
});
afterAll(() => running.close());

const create = (object: string, fields: Row): string =>
  running.org.transact({ user: running.users.admin.id, origin: '' }, (tx) => tx.create(object, fields));
const post = (object: string, fields: Row, headers = {}) => send('POST', `${DATA}/sobjects/${object}`, fields, headers);
const lead = (fields: Row = {}): Row => ({ LastName: 'Ng', Company: 'Acme', ...fields });

const rule = (name: string, formula: string, more = ''): string => {
  const condition = `<errorConditionFormula>${formula.replace(/&/g, '&amp;').replace(/</g, '&lt;')}</errorConditionFormula>`;
  return `<validationRules><fullName>${name}</fullName><active>true</active>${condition}${more}<errorMessage>No: ${name}</errorMessage></validationRules>`;
};
const object = (content: string): string => xml('CustomObject', content);
const install = (name: string, ...rules: string[]) =>
  deploy(running.org, { [`objects/${name}.object`]: object(rules.join('')) });

describe('a validation rule', () => {
  afterEach(() => {
    for (const name of ['A', 'B']) for (const on of ['Lead', 'Opportunity']) running.org.validation.remove(on, name);
  });

  it('refuses a save with its own words at its own field, and says nothing where it is not met', async () => {
    await install(
      'Lead',
      rule('A', 'AND(ISBLANK(Email), ISBLANK(Phone))', '<errorDisplayField>Email</errorDisplayField>'),
    );
    expect(await post('Lead', lead())).toMatchObject({
      status: 400,
      body: [{ errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: 'No: A', fields: ['Email'] }],
    });
    expect((await post('Lead', lead({ Phone: '+1 555' }))).status).toBe(201);
  });

  it('without a field is an error of the whole record', async () => {
    await install('Lead', rule('A', 'LEN(Company) > 5'));
    expect((await post('Lead', lead({ Company: 'Too long' }))).body).toMatchObject([{ fields: [], message: 'No: A' }]);
  });

  it('compares with what was before, and only an update has a before', async () => {
    await install(
      'Lead',
      rule('A', 'AND(ISCHANGED(Status), ISPICKVAL(PRIORVALUE(Status), "Working - Contacted"), NOT(ISNEW()))'),
    );
    const id = create('Lead', lead({ Status: 'Working - Contacted' }));
    expect((await send('PATCH', `${DATA}/sobjects/Lead/${id}`, { Title: 'CEO' })).status).toBe(204);
    expect((await send('PATCH', `${DATA}/sobjects/Lead/${id}`, { Status: 'Open - Not Contacted' })).body).toMatchObject(
      [{ errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION' }],
    );
  });

  it('reads parents, the user and dates', async () => {
    await install(
      'Opportunity',
      rule('A', 'Account.Name = "Blocked" || CloseDate < TODAY()'),
      rule('B', '$User.Username = "integration@local.example" && Amount > 100'),
    );
    const Name = 'o';
    const StageName = 'Prospecting';
    const AccountId = create('Account', { Name: 'Blocked' });
    const later = { Name, StageName, CloseDate: '2999-01-01' };
    expect((await post('Opportunity', { ...later, AccountId })).body).toMatchObject([{ message: 'No: A' }]);
    expect((await post('Opportunity', { ...later, CloseDate: '2020-01-01' })).body).toMatchObject([
      { message: 'No: A' },
    ]);
    expect((await post('Opportunity', { ...later, Amount: 500 })).status).toBe(201);
    const other = { user: running.users.integration.id, origin: '' };
    const asOther = (): string =>
      running.org.transact(other, (tx) => tx.create('Opportunity', { ...later, Amount: 500 }));
    expect(asOther).toThrow('No: B');
  });

  it('matches a regular expression with the whole text', async () => {
    await install('Lead', rule('A', 'NOT(ISBLANK(Phone)) && NOT(REGEX(Phone, "\\\\+[0-9 ]+"))'));
    expect((await post('Lead', lead({ Phone: '+49 30 123' }))).status).toBe(201);
    expect((await post('Lead', lead({ Phone: '030 +49' }))).status).toBe(400);
  });

  it('strikes each record of a collection by itself', async () => {
    await install('Lead', rule('A', 'Company = "Bad"'));
    const records = ['Good', 'Bad'].map((Company) => ({ attributes: { type: 'Lead' }, LastName: 'x', Company }));
    expect((await send('POST', `${DATA}/composite/sobjects`, { records })).body).toMatchObject([
      { success: true },
      { success: false, errors: [{ statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION' }] },
    ]);
  });

  it('that is not active does nothing', async () => {
    await install('Lead', rule('A', 'TRUE').replace('<active>true', '<active>false'));
    expect((await post('Lead', lead())).status).toBe(201);
  });

  it('comes with a custom object and under its namespace', async () => {
    await deploy(
      running.org,
      {
        'objects/Thing__c.object': customObject(textField('Color__c')).replace(
          '</CustomObject>',
          `${rule('A', 'Color__c = "red"')}</CustomObject>`,
        ),
      },
      { namespace: 'acme' },
    );
    expect((await post('acme__Thing__c', { acme__Color__c: 'red' })).body).toMatchObject([{ message: 'No: A' }]);
    expect((await post('acme__Thing__c', { acme__Color__c: 'blue' })).status).toBe(201);
  });

  it.each([
    ['a field that is not there', rule('A', 'Nothing__c = 1'), /Nothing__c does not exist/],
    ['a parent that is not there', rule('A', 'Nobody.Name = "x"'), /Nobody.Name does not exist/],
    ['a function that this org does not compute', rule('A', 'VLOOKUP(Name, Name, "x") = "x"'), /VLOOKUP/],
    [
      'a display field that is not there',
      rule('A', 'TRUE', '<errorDisplayField>None__c</errorDisplayField>'),
      /None__c/,
    ],
    [
      'no formula',
      '<validationRules><fullName>A</fullName><errorMessage>x</errorMessage></validationRules>',
      /errorConditionFormula/,
    ],
  ])('with %s is refused when it is deployed', async (_what, content, problem) => {
    expect((await problems(running.org, { 'objects/Lead.object': object(content) })).join('\n')).toMatch(problem);
  });
});

describe('a duplicate rule', () => {
  afterEach(() => running.org.duplicates.clear());

  it('refuses what another record equals, and names the record', async () => {
    running.org.duplicates.add({ name: 'Leads_by_Email', object: 'Lead', field: 'Email' });
    const first = create('Lead', lead({ Email: 'a@dup.example' }));
    const { status, body } = await post('Lead', lead({ Email: 'A@dup.example' }));
    expect(status).toBe(400);
    expect(body).toEqual([
      {
        duplicateResut: {
          allowSave: true,
          duplicateRule: 'Leads_by_Email',
          duplicateRuleEntityType: 'Lead',
          errorMessage: 'Use one of these records?',
          matchResults: [
            expect.objectContaining({
              entityType: 'Lead',
              size: 1,
              matchRecords: [
                expect.objectContaining({ matchConfidence: 100, record: { attributes: { type: 'Lead' }, Id: first } }),
              ],
            }),
          ],
        },
        errorCode: 'DUPLICATES_DETECTED',
        message: 'Use one of these records?',
      },
    ]);
  });

  it('lets through who says so in the header, unless it blocks', async () => {
    running.org.duplicates.add({ name: 'Alert', object: 'Contact', field: 'Phone' });
    create('Contact', { LastName: 'a', Phone: '+49 30 555' });
    const allow = { 'sforce-duplicate-rule-header': 'allowSave=true; includeRecordDetails=false' };
    expect((await post('Contact', { LastName: 'b', Phone: '+4930555' })).status).toBe(400);
    expect((await post('Contact', { LastName: 'b', Phone: '+4930555' }, allow)).status).toBe(201);
    running.org.duplicates.clear();
    running.org.duplicates.add({ name: 'Block', object: 'Contact', field: 'Phone', action: 'block' });
    expect((await post('Contact', { LastName: 'c', Phone: '+4930555' }, allow)).body).toMatchObject([
      { duplicateResut: { allowSave: false } },
    ]);
  });

  it('looks across objects, and at an update only where it touches the field', async () => {
    running.org.duplicates.add({ name: 'Across', object: 'Lead', field: 'Email', against: ['Contact', 'Lead'] });
    const contact = create('Contact', { LastName: 'a', Email: 'x@dup.example' });
    const id = create('Lead', lead({ Email: 'y@dup.example' }));
    const path = `${DATA}/sobjects/Lead/${id}`;
    expect((await send('PATCH', path, { Title: 'CEO' })).status).toBe(204);
    expect((await send('PATCH', path, { Email: 'x@dup.example' })).body).toMatchObject([
      { duplicateResut: { matchResults: [{ entityType: 'Contact', matchRecords: [{ record: { Id: contact } }] }] } },
    ]);
  });

  it('answers a collection per record which records were found', async () => {
    running.org.duplicates.add({ name: 'Leads', object: 'Lead', field: 'Email' });
    const first = create('Lead', lead({ Email: 'c@dup.example' }));
    const records = ['c@dup.example', 'new@dup.example'].map((Email) => ({
      attributes: { type: 'Lead' },
      ...lead({ Email }),
    }));
    expect((await send('POST', `${DATA}/composite/sobjects`, { records })).body).toMatchObject([
      {
        success: false,
        errors: [
          {
            statusCode: 'DUPLICATES_DETECTED',
            duplicateResult: { matchResults: [{ matchRecords: [{ record: { Id: first } }] }] },
          },
        ],
      },
      { success: true },
    ]);
  });

  it('is an error with the platform’s code to jsforce', async () => {
    running.org.duplicates.add({ name: 'Leads', object: 'Lead', field: 'Email' });
    create('Lead', lead({ Email: 'j@dup.example' }));
    const connection = new jsforce.Connection({ loginUrl: running.restUrl, version: '67.0' });
    const grant_type = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
    await connection.authorize({ grant_type, assertion: await assertion(running) });
    await expect(connection.sobject('Lead').create(lead({ Email: 'j@dup.example' }))).rejects.toMatchObject({
      errorCode: 'DUPLICATES_DETECTED',
    });
  });
});

describe('a lead assignment rule', () => {
  const rules = (entries: string, object = 'Lead'): Record<string, string> => ({
    [`assignmentRules/${object}.assignmentRules`]: xml(
      'AssignmentRules',
      `<assignmentRule><fullName>Regions</fullName><active>true</active>${entries}</assignmentRule>`,
    ),
  });
  const entry = (value: string, to = running.users.integration.username, field = 'Lead.State'): string =>
    `<ruleEntry><assignedTo>${to}</assignedTo><assignedToType>User</assignedToType><criteriaItems><field>${field}</field><operation>equals</operation><value>${value}</value></criteriaItems></ruleEntry>`;
  const ownerOf = (id: string): unknown => running.org.get('Lead', id)?.['OwnerId'];
  const idOf = ({ body }: { body: unknown }): string => (body as { id: string }).id;
  const off = { 'sforce-auto-assign': 'False' };

  beforeAll(() => deploy(running.org, rules(entry('TX, Texas'))));
  afterAll(() => running.org.assignments.clear());

  it('chooses the owner of what REST creates and updates, where the request says nothing of it', async () => {
    const id = idOf(await post('Lead', lead({ State: 'TX' })));
    expect(ownerOf(id)).toBe(running.users.integration.id);
    const other = idOf(await post('Lead', lead({ State: 'CA' })));
    expect(ownerOf(other)).toBe(running.users.admin.id);
    await send('PATCH', `${DATA}/sobjects/Lead/${other}`, { State: 'texas' });
    expect(ownerOf(other)).toBe(running.users.integration.id);
  });

  it('gives what meets no entry to the default lead owner when it is created, and leaves it alone when it is updated', async () => {
    const { integration, admin } = running.users;
    const id = idOf(await post('Lead', lead({ State: 'CA', OwnerId: integration.id })));
    expect(ownerOf(id)).toBe(admin.id);
    await send('PATCH', `${DATA}/sobjects/Lead/${id}`, { OwnerId: integration.id });
    expect(ownerOf(id)).toBe(integration.id);
  });

  it('is not run for who says so in the header: TRUE and FALSE have no letter case', async () => {
    const id = idOf(await post('Lead', lead({ State: 'TX' }), off));
    expect(ownerOf(id)).toBe(running.users.admin.id);
    await send('PATCH', `${DATA}/sobjects/Lead/${id}`, { City: 'Waco' }, off);
    expect(ownerOf(id)).toBe(running.users.admin.id);
    await send('PATCH', `${DATA}/sobjects/Lead/${id}`, { City: 'Tyler' }, { 'sforce-auto-assign': 'true' });
    expect(ownerOf(id)).toBe(running.users.integration.id);
  });

  it('is run by its id, also while another or none is active, and an id that no rule has is refused', async () => {
    const { integration, admin } = running.users;
    const entries = [{ owner: integration.id, criteria: [] }];
    const id = running.org.assignments.install({ object: 'Lead', name: 'Rest', active: false, entries });
    const by = { 'sforce-auto-assign': id };
    expect(ownerOf(idOf(await post('Lead', lead({ State: 'CA' }), by)))).toBe(integration.id);
    expect(ownerOf(idOf(await post('Lead', lead({ State: 'CA' }))))).toBe(admin.id);
    const unknown = await post('Lead', lead(), { 'sforce-auto-assign': '01Q00000000ZZZZAA2' });
    expect([unknown.status, unknown.body]).toMatchObject([400, [{ errorCode: 'INVALID_CROSS_REFERENCE_KEY' }]]);
    const malformed = await post('Lead', lead(), { 'sforce-auto-assign': 'Regions' });
    expect([malformed.status, malformed.body]).toMatchObject([400, [{ errorCode: 'MALFORMED_ID' }]]);
  });

  it('holds for all records of a collection, and for each part of a composite request by its own header', async () => {
    const records = [{ attributes: { type: 'Lead' }, ...lead({ State: 'TX' }) }];
    const [made] = (await send('POST', `${DATA}/composite/sobjects`, { records })).body as { id: string }[];
    expect(ownerOf(made?.id ?? '')).toBe(running.users.integration.id);
    const [kept] = (await send('POST', `${DATA}/composite/sobjects`, { records }, off)).body as { id: string }[];
    expect(ownerOf(kept?.id ?? '')).toBe(running.users.admin.id);
    const part = (referenceId: string, httpHeaders?: object) => ({
      ...{ method: 'POST', url: `${DATA}/sobjects/Lead`, referenceId, body: lead({ State: 'TX' }) },
      ...(httpHeaders && { httpHeaders }),
    });
    const compositeRequest = [part('on'), part('off', off)];
    const { body } = await send(
      'POST',
      `${DATA}/composite/graph`,
      { graphs: [{ graphId: 'g', compositeRequest }] },
      off,
    );
    const { graphs } = body as {
      graphs: { graphResponse: { compositeResponse: { body: { id: string } }[] } }[];
    };
    const ids = graphs[0]?.graphResponse.compositeResponse.map((one) => ownerOf(one.body.id));
    expect(ids).toEqual([running.users.integration.id, running.users.admin.id]);
  });

  it('is not run by what comes over other APIs without asking for it, nor for objects that have none', async () => {
    expect(ownerOf(create('Lead', lead({ State: 'TX' })))).toBe(running.users.admin.id);
    const record = { apiName: 'Lead', fields: lead({ State: 'TX' }) };
    const { body } = await send('POST', `${DATA}/ui-api/records`, record);
    expect(ownerOf((body as { id: string }).id)).toBe(running.users.admin.id);
    const account = idOf(await post('Account', { Name: 'a', BillingState: 'TX' }));
    expect(running.org.get('Account', account)?.['OwnerId']).toBe(running.users.admin.id);
  });

  it.each([
    ['an owner whom nobody is', () => rules(entry('TX', 'no@local.example')), /no User named/],
    ['a field that is not there', () => rules(entry('TX', undefined, 'Lead.Planet')), /no CustomField named/],
    ['an object that has none', () => rules(entry('TX'), 'Opportunity'), /no assignment of Opportunity/],
  ])('with %s is refused when it is deployed', async (_what, files, why) => {
    expect(await problems(running.org, files())).toEqual([expect.stringMatching(why)]);
  });
});
