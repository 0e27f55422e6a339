// Flows that this org does not run are refused when they are deployed, with the reason.
import { describe, expect, it } from '@jest/globals';
import { create, element, filter, onEvent, onSave, ref } from './flowFiles.ts';
import { problems } from './packages.ts';
import { org, flows, lead, logs } from './flowOrg.ts';

describe('what this org does not run is refused when it is deployed', () => {
  const refused: [string, string, RegExp][] = [
    [
      'a flow before the save',
      onSave('Lead', 'A', create('A', 'Log__c', {}), 'Create').replace('RecordAfterSave', 'RecordBeforeSave'),
      /RecordBeforeSave/,
    ],
    [
      'an action',
      onSave(
        'Lead',
        'A',
        create('A', 'Log__c', {}) + element('actionCalls', 'Mail', '<actionName>x</actionName>'),
        'Create',
      ),
      /Actions of type \(none\) are not supported/,
    ],
    [
      'a subflow',
      onSave('Lead', 'A', create('A', 'Log__c', {}) + element('subflows', 'Sub', '<flowName>x</flowName>'), 'Create'),
      /subflows/,
    ],
    [
      'a screen flow',
      onSave('Lead', 'A', create('A', 'Log__c', {}), 'Create').replace('AutoLaunchedFlow', 'Flow'),
      /type Flow/,
    ],
    [
      'a path that is scheduled by nothing',
      onSave('Lead', 'A', create('A', 'Log__c', {}), 'Create', '<scheduledPaths><name>x</name></scheduledPaths>'),
      /scheduled by minutes or hours of a field/,
    ],
    [
      'custom logic',
      onSave(
        'Lead',
        'A',
        create('A', 'Log__c', {}),
        'Create',
        `<filterLogic>1 OR 2</filterLogic>${filter('Company', 'EqualTo', 'x')}`,
      ),
      /custom condition logic/,
    ],
    [
      'an unknown operator',
      onSave('Lead', 'A', create('A', 'Log__c', {}), 'Create', filter('Company', 'WasSet', true)),
      /operator WasSet/,
    ],
    [
      'an unknown function',
      onSave(
        'Lead',
        'A',
        create('A', 'Log__c', {}),
        'Create',
        '<filterFormula>VLOOKUP({!$Record.Company}, "x")</filterFormula>',
      ),
      /VLOOKUP/,
    ],
    [
      'conditions on events',
      onEvent('Note__e', 'A', create('A', 'Log__c', {})).replace(
        '<object>Note__e',
        `${filter('Text__c', 'EqualTo', 'x')}<object>Note__e`,
      ),
      /conditions at its start/,
    ],
    [
      'an unknown setting',
      onSave(
        'Lead',
        'A',
        element('recordCreates', 'A', '<object>Log__c</object><operation>upsert</operation>'),
        'Create',
      ),
      /operation/,
    ],
    [
      'a field that is not there',
      onSave('Lead', 'A', create('A', 'Log__c', { Nothing__c: 'x' }), 'Create'),
      /"Nothing__c" for the object "Log__c"/,
    ],
    [
      'a record field that is not there',
      onSave('Lead', 'A', create('A', 'Log__c', { Text__c: ref('$Record.Nothing__c') }), 'Create'),
      /"Nothing__c" for the object "Lead"/,
    ],
    [
      'an object that is not there',
      onSave('Lead', 'A', create('A', 'Nothing__c', {}), 'Create'),
      /"Nothing__c" doesn't exist/,
    ],
    ['an element that is not there', onSave('Lead', 'B', create('A', 'Log__c', {}), 'Create'), /element "B"/],
    [
      'a resource that is not there',
      onSave('Lead', 'A', create('A', 'Log__c', { Text__c: ref('Nobody') }), 'Create'),
      /"Nobody"/,
    ],
    [
      'a prior value on create',
      onSave('Lead', 'A', create('A', 'Log__c', { Text__c: ref('$Record__Prior.Company') }), 'Create'),
      /only in flows that run when a record is updated/,
    ],
    ['an event that is not there', onEvent('None__e', 'A', create('A', 'Log__c', {})), /None__e/],
    [
      'a label that is not there',
      onSave('Lead', 'Write', create('Write', 'Log__c', { Text__c: '{!$Label.Missing}' })),
      /The custom label "Missing" doesn't exist/,
    ],
    [
      'a custom error where there is no save to refuse',
      onEvent(
        'Note__e',
        'Refuse',
        element(
          'customErrors',
          'Refuse',
          '<customErrorMessages><errorMessage>No.</errorMessage><isFieldError>false</isFieldError></customErrorMessages>',
        ),
      ),
      /A custom error can be used only in a flow that a record starts/,
    ],
  ];
  it.each(refused)('%s', async (_what, content, problem) => {
    const found = await problems(org, flows({ Refused: content }));
    expect(found.join('\n')).toMatch(problem);
    lead();
    expect(logs()).toEqual([]);
  });
});
