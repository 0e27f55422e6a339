// Flows run as the org runs them: when a record is saved and on a platform event, with their faults.
import { describe, expect, it } from '@jest/globals';
import { flowAutomation } from '../flows/automation.ts';
import type { PlatformError } from '../model.ts';
import { assign, create, decide, element, filter, find, flow, onEvent, onSave, ref, sets } from './flowFiles.ts';
import { deploy, xml } from './packages.ts';
import { org, flows, run, lead, logs, idle } from './flowOrg.ts';

describe('flows that saves start', () => {
  it('run in the transaction of the save, on the trigger that they name', async () => {
    const log = (text: string): string => create('Write', 'Log__c', { Text__c: text });
    await deploy(
      org,
      flows({
        Created: onSave('Lead', 'Write', log('created {!$Record.Company}'), 'Create'),
        Updated: onSave('Lead', 'Write', log('updated from {!$Record__Prior.Company} to {!$Record.Company}'), 'Update'),
        Saved: onSave('Lead', 'Write', log('saved'), 'CreateAndUpdate'),
        Deleted: onSave('Lead', 'Write', log('deleted {!$Record.Company}'), 'Delete'),
        Draft: flow(
          log('never'),
          '<connector><targetReference>Write</targetReference></connector><object>Lead</object><recordTriggerType>Create</recordTriggerType><triggerType>RecordAfterSave</triggerType>',
          'Draft',
        ),
      }),
    );
    const id = lead();
    run((tx) => tx.update('Lead', id, { Company: 'Beta' }));
    run((tx) => tx.remove('Lead', id));
    expect(logs()).toEqual(['created Acme', 'saved', 'updated from Acme to Beta', 'saved', 'deleted Beta']);
    expect(() =>
      run((tx) => {
        tx.create('Lead', { LastName: 'Ng', Company: 'Undone' });
        throw new Error('rolled back');
      }),
    ).toThrow('rolled back');
    expect(logs()).toHaveLength(5);
  });

  it('start conditions let a record in, by fields or by formula, and only when it comes to meet them', async () => {
    const write = create('Write', 'Log__c', { Text__c: ref('$Record.Company') });
    await deploy(
      org,
      flows({
        By_Fields: onSave(
          'Lead',
          'Write',
          write,
          'Create',
          `<filterLogic>and</filterLogic>${filter('Company', 'StartsWith', 'A')}${filter('Phone', 'IsNull', false)}`,
        ),
        By_Formula: onSave(
          'Lead',
          'Write',
          write,
          'CreateAndUpdate',
          '<filterFormula>ISNEW() &amp;&amp; {!$Record.Company} = "Formula"</filterFormula>',
        ),
        Becoming: onSave(
          'Lead',
          'Write',
          create('Write', 'Log__c', { Text__c: 'became' }),
          'Update',
          `<doesRequireRecordChangedToMeetCriteria>true</doesRequireRecordChangedToMeetCriteria><filterLogic>and</filterLogic>${filter('Company', 'EqualTo', 'Target')}`,
        ),
      }),
    );
    lead({ Company: 'Acme' });
    lead({ Company: 'Acme', Phone: '1' });
    lead({ Company: 'Beta', Phone: '1' });
    const id = lead({ Company: 'Formula' });
    expect(logs()).toEqual(['Acme', 'Formula']);
    for (const Company of ['Target', 'Target', 'Other', 'Target']) run((tx) => tx.update('Lead', id, { Company }));
    expect(logs().slice(2)).toEqual(['became', 'became']);
  });

  it('an error that nothing handles fails that save alone, in the words of the platform', async () => {
    await deploy(
      org,
      flows({ Bad: onSave('Lead', 'Write', create('Write', 'Log__c', { Key__c: ref('$Record.Company') }), 'Create') }),
    );
    const result = run((tx) => {
      const first = tx.create('Lead', { LastName: 'Ng', Company: 'Same' });
      let error: PlatformError | undefined;
      try {
        tx.create('Lead', { LastName: 'Ng', Company: 'Same' });
      } catch (cause) {
        error = cause as PlatformError;
      }
      return { first, error, third: tx.create('Lead', { LastName: 'Ng', Company: 'Other' }) };
    });
    expect(result.error).toMatchObject({ errorCode: 'CANNOT_EXECUTE_FLOW_TRIGGER' });
    expect(result.error?.message).toMatch(
      /^We can't save this record because the “Test Flow” process failed\. .* This error occurred when the flow tried to create records: DUPLICATE_VALUE: /,
    );
    expect(org.find('Lead', {}).map((row) => row['Id'])).toEqual([result.first, result.third]);
  });

  it('a fault connector takes the error, and the flow may say what it was', async () => {
    await deploy(
      org,
      flows({
        Handled: onSave(
          'Lead',
          'Write',
          create('Write', 'Log__c', { Key__c: 'same' }, { fault: 'Report' }) +
            create('Report', 'Log__c', { Text__c: '{!$Flow.FaultMessage}' }),
          'Create',
        ),
      }),
    );
    lead();
    lead();
    expect(org.find('Lead', {})).toHaveLength(2);
    expect(logs().at(-1)).toContain('DUPLICATE_VALUE');
  });

  it('a custom error refuses the save that started the flow, in its own words and that save alone', async () => {
    const message = (text: string, field = ''): string =>
      `<customErrorMessages><errorMessage>${text}</errorMessage>${field && `<fieldSelection>${field}</fieldSelection>`}<isFieldError>${field !== ''}</isFieldError></customErrorMessages>`;
    const taken = { name: 'Taken', left: 'Find', operator: 'IsNull', right: false, next: 'Refuse' };
    await deploy(org, {
      'labels/CustomLabels.labels': xml(
        'CustomLabels',
        '<labels><fullName>Name_Taken</fullName><language>en_US</language><protected>true</protected><shortDescription>x</shortDescription><value>There is one already:</value></labels>',
      ),
      ...flows({
        Once: onSave(
          'Lead',
          'Find',
          find(
            'Find',
            'Lead',
            filter('Company', 'EqualTo', ref('$Record.Company')) + filter('Id', 'NotEqualTo', ref('$Record.Id')),
            { next: 'Is_Taken' },
          ) +
            decide('Is_Taken', [taken]) +
            element('customErrors', 'Refuse', message('{!$Label.Name_Taken} {!Find.LastName}.', 'Company')),
        ),
      }),
    });
    const { error } = run((tx) => {
      tx.create('Lead', { LastName: 'First', Company: 'Same' });
      try {
        tx.create('Lead', { LastName: 'Second', Company: 'Same' });
        return { error: undefined };
      } catch (cause) {
        return { error: cause as PlatformError };
      }
    });
    expect(error).toMatchObject({
      errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
      message: 'There is one already: First.',
      fields: ['Company'],
    });
    expect(org.find('Lead', {}).map((row) => row['LastName'])).toEqual(['First']);
  });

  it('a flow that saves its own record again runs again, and is stopped where the platform stops', async () => {
    const again = element(
      'recordUpdates',
      'Again',
      `${sets({ Description: '{!$Flow.CurrentDateTime}' })}<inputReference>$Record</inputReference>`,
    );
    await deploy(
      org,
      flows({
        Once: onSave(
          'Lead',
          'Touch',
          element('recordUpdates', 'Touch', `${sets({ Title: 'touched' })}<inputReference>$Record</inputReference>`),
          'Create',
        ),
      }),
    );
    const id = lead();
    expect(org.get('Lead', id)?.['Title']).toBe('touched');
    await deploy(org, flows({ Endless: onSave('Account', 'Again', again, 'CreateAndUpdate') }));
    expect(() => run((tx) => tx.create('Account', { Name: 'Loop' }))).toThrow(/maximum trigger depth exceeded/);
    expect(org.find('Account', {})).toEqual([]);
  });

  it('flows of one object run in the order that they give', async () => {
    const ordered = (text: string, order?: number): string =>
      onSave('Lead', 'Write', create('Write', 'Log__c', { Text__c: text }), 'Create').replace(
        '</Flow>',
        order === undefined ? '</Flow>' : `<triggerOrder>${order}</triggerOrder></Flow>`,
      );
    await deploy(org, flows({ A: ordered('last'), B: ordered('second', 20), C: ordered('first', 10) }));
    lead();
    expect(logs()).toEqual(['first', 'second', 'last']);
  });
});

describe('elements', () => {
  it('lookups filter, sort and limit; loops go through what they found', async () => {
    run((tx) => {
      for (const [Text__c, Size__c] of [
        ['b', 2],
        ['a', 1],
        ['c', 3],
        ['x', 9],
      ] as const)
        tx.create('Log__c', { Text__c, Size__c, Key__c: Text__c });
    });
    await deploy(
      org,
      flows({
        Sum: onSave(
          'Lead',
          'Find',
          find(
            'Find',
            'Log__c',
            filter('Size__c', 'LessThan', 5),
            { next: 'Each' },
            '<getFirstRecordOnly>false</getFirstRecordOnly><sortField>Size__c</sortField><sortOrder>Desc</sortOrder><limit>2</limit>',
          ) +
            '<loops><name>Each</name><label>Each</label><locationX>0</locationX><locationY>0</locationY><collectionReference>Find</collectionReference><iterationOrder>Asc</iterationOrder><nextValueConnector><targetReference>Add</targetReference></nextValueConnector><noMoreValuesConnector><targetReference>Write</targetReference></noMoreValuesConnector></loops>' +
            assign(
              'Add',
              [
                ['total', 'Add', ref('Each.Size__c')],
                ['names', 'Add', ref('Each.Text__c')],
              ],
              { next: 'Each' },
            ) +
            create('Write', 'Log__c', { Text__c: ref('names'), Size__c: ref('total') }) +
            '<variables><name>total</name><dataType>Number</dataType><isCollection>false</isCollection><isInput>false</isInput><isOutput>false</isOutput><scale>0</scale><value><numberValue>0</numberValue></value></variables>' +
            '<variables><name>names</name><dataType>String</dataType><isCollection>false</isCollection><isInput>false</isInput><isOutput>false</isOutput></variables>',
          'Create',
        ),
      }),
    );
    lead();
    expect(org.find('Log__c', {}).at(-1)).toMatchObject({ Text__c: 'cb', Size__c: 5 });
  });

  it('a record that is found is updated, one that is not is created, and empty values empty fields', async () => {
    await deploy(
      org,
      flows({
        Upsert: onEvent(
          'Note__e',
          'Find',
          find('Find', 'Log__c', filter('Key__c', 'EqualTo', ref('$Record.Key__c')), { next: 'Known' }) +
            decide('Known', [{ name: 'No', left: 'Find', operator: 'IsNull', right: true, next: 'Create' }], 'Update') +
            create('Create', 'Log__c', { Key__c: ref('$Record.Key__c'), Text__c: ref('$Record.Text__c') }) +
            element(
              'recordUpdates',
              'Update',
              `<filterLogic>and</filterLogic>${filter('Id', 'EqualTo', ref('Find.Id'))}${sets({ Text__c: ref('$Record.Text__c') })}<object>Log__c</object>`,
            ),
        ),
      }),
    );
    for (const Text__c of ['one', 'two', null]) run((tx) => tx.publish('Note__e', { Key__c: 'K', Text__c }));
    await idle();
    expect(flowAutomation(org).failures).toEqual([]);
    expect(org.find('Log__c', {})).toMatchObject([{ Key__c: 'K', Text__c: null }]);
  });

  it('decisions compare text with its letter case, lookups without, and times whatever their form', async () => {
    run((tx) => tx.create('Log__c', { Key__c: 'MiXed', Text__c: 'found' }));
    await deploy(
      org,
      flows({
        Cases: onSave(
          'Lead',
          'Find',
          find('Find', 'Log__c', filter('Key__c', 'EqualTo', 'mixed'), { next: 'Case' }) +
            decide(
              'Case',
              [
                { name: 'Exact', left: 'Find.Key__c', operator: 'EqualTo', right: 'mixed', next: 'Wrong' },
                {
                  name: 'Later',
                  left: '$Record.CreatedDate',
                  operator: 'GreaterThanOrEqualTo',
                  right: ref('Find.CreatedDate'),
                  next: 'Right',
                },
              ],
              'Wrong',
            ) +
            create('Right', 'Log__c', { Text__c: 'right' }) +
            create('Wrong', 'Log__c', { Text__c: 'wrong' }),
          'Create',
        ),
      }),
    );
    lead();
    expect(logs()).toEqual(['found', 'right']);
  });

  it('a field of a record that was not found is a fault', async () => {
    await deploy(
      org,
      flows({
        Unset: onSave(
          'Lead',
          'Find',
          find('Find', 'Log__c', filter('Key__c', 'EqualTo', 'none'), { next: 'Write' }) +
            create('Write', 'Log__c', { Text__c: ref('Find.Text__c') }),
          'Create',
        ),
      }),
    );
    expect(() => lead()).toThrow(/failed to access the value for Find because it hasn't been set or assigned/);
  });

  it('record variables, templates, constants and formulas are filled in', async () => {
    await deploy(
      org,
      flows({
        Resources: onSave(
          'Lead',
          'Fill',
          assign(
            'Fill',
            [
              ['record.Text__c', 'Assign', ref('Letter')],
              ['record.Size__c', 'Assign', ref('Half')],
            ],
            { next: 'Save' },
          ) +
            element('recordCreates', 'Save', '<inputReference>record</inputReference>', { next: 'Copy' }) +
            create('Copy', 'Log__c', { Text__c: ref('record.Id'), Key__c: ref('Word') }) +
            '<variables><name>record</name><dataType>SObject</dataType><isCollection>false</isCollection><isInput>false</isInput><isOutput>false</isOutput><objectType>Log__c</objectType></variables>' +
            '<textTemplates><name>Letter</name><text>Dear {!$Record.LastName} of {!$Record.Owner.Name}, {!Word}</text></textTemplates>' +
            '<constants><name>Word</name><dataType>String</dataType><value><stringValue>hello</stringValue></value></constants>' +
            '<formulas><name>Half</name><dataType>Number</dataType><expression>LEN({!$Record.LastName}) / 4</expression><scale>2</scale></formulas>',
          'Create',
        ),
      }),
    );
    lead();
    const [first, second] = org.find('Log__c', {});
    expect(first).toMatchObject({ Text__c: `Dear Ng of ${org.users.admin.name}, hello`, Size__c: 0.5 });
    expect(second).toMatchObject({ Text__c: first?.['Id'], Key__c: 'hello' });
  });
});

describe('flows that events start', () => {
  const writer = onEvent(
    'Note__e',
    'Write',
    create('Write', 'Log__c', { Text__c: ref('$Record.Text__c'), Key__c: ref('$Record.Key__c') }),
  );

  it('run after the commit, in their own transaction, as the user who published', async () => {
    await deploy(org, flows({ Writer: writer }));
    run((tx) => {
      tx.publish('Note__e', { Text__c: 'a' });
      expect(tx.find('Log__c', {})).toEqual([]);
    }, org.users.integration.id);
    expect(logs()).toEqual([]);
    await idle();
    expect(org.find('Log__c', {})).toMatchObject([{ Text__c: 'a', CreatedById: org.users.integration.id }]);
    expect(() =>
      run((tx) => {
        tx.publish('Note__e', { Text__c: 'undone' });
        throw new Error('no');
      }),
    ).toThrow('no');
    await idle();
    expect(logs()).toEqual(['a']);
  });

  it('an event that fails hurts neither its publisher nor the events beside it', async () => {
    await deploy(org, flows({ Writer: writer }));
    run((tx) => {
      for (const [Text__c, Key__c] of [
        ['1', 'x'],
        ['2', 'x'],
        ['3', 'y'],
      ] as const)
        tx.publish('Note__e', { Text__c, Key__c });
    });
    await idle();
    expect(logs()).toEqual(['1', '3']);
    expect(flowAutomation(org).failures).toMatchObject([
      { flow: 'Writer', message: expect.stringContaining('DUPLICATE_VALUE') },
    ]);
  });

  it('more than 200 events are dealt with in batches, in order', async () => {
    await deploy(org, flows({ Writer: writer }));
    let transactions = 0;
    org.listen({ committed: ({ changes }) => void (transactions += changes.length > 0 ? 1 : 0) });
    run((tx) => {
      for (let index = 0; index < 450; index += 1) tx.publish('Note__e', { Text__c: String(index) });
    });
    await idle();
    expect(logs()).toEqual(Array.from({ length: 450 }, (_, index) => String(index)));
    expect(transactions).toBe(3);
  });

  it('flows that answer each other without end are stopped', async () => {
    await deploy(
      org,
      flows({
        Ping: onEvent('Note__e', 'Say', create('Say', 'Answer__e', { Text__c: 'ping' })),
        Pong: onEvent('Answer__e', 'Say', create('Say', 'Note__e', { Text__c: 'pong' })),
      }),
    );
    run((tx) => tx.publish('Note__e', { Text__c: 'start' }));
    await idle();
    expect(flowAutomation(org).failures).toMatchObject([{ message: expect.stringContaining('loop') }]);
  });
});
