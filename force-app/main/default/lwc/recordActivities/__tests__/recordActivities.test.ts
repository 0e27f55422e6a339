import { allInside, inside, mount, settled, textOf } from '#components/mount';
import { navigated } from '#components/navigation';
import { queryAnswer } from '#components/record';
import { graphqlWire } from '#components/wires';
import { setup } from '@sa11y/jest';
import RecordActivities from 'c/recordActivities';
import { graphql } from 'lightning/graphql';

const wire = graphqlWire(graphql);
const CALL = {
  ...{ Id: '00T1', CreatedDate: '2026-03-02T12:00:00.000Z', Subject: 'Call', TaskSubtype: 'Call' },
  ...{ CallDisposition: 'DemoSet (3/5/26 08:00:00)', CallDurationInSeconds: 180, Description: 'Asked for a demo' },
  ...{ CompletedDateTime: null, EventDateTime__c: '2026-03-05T14:00:00.000Z' },
};
const EMAIL = { Id: '00T2', CreatedDate: '2026-03-01T12:00:00.000Z', Subject: 'Email', TaskSubtype: 'Email' };

async function show(object: string, tasks?: readonly object[]): Promise<HTMLElement> {
  const element = mount('c-record-activities', RecordActivities, { recordId: '00Q1', objectApiName: object });
  if (tasks) wire.emit(queryAnswer({ Task: tasks }));
  await settled();
  return element;
}

describe('the last calls and e-mails', () => {
  beforeAll(() => setup());
  afterEach(() => document.body.replaceChildren());

  it('say what came of each, how long it took, which event it is about, and the notes', async () => {
    const element = await show('Lead', [CALL, EMAIL]);
    const [call, email] = allInside(element, 'li').map(textOf);
    expect(call).toContain('DemoSet (3/5/26 08:00:00) · took 3 minutes · event on Mar 5, 2026');
    expect(call).toContain('Asked for a demo');
    expect(email).not.toContain('took');
    const icons = allInside<HTMLElement & { iconName: string }>(element, 'lightning-icon');
    expect(icons.map(({ iconName }) => iconName)).toEqual(['utility:call', 'utility:email']);
    await expect(element).toBeAccessible();
  });

  it('are those of Sellfire, of the person or of the people of an Account', async () => {
    await show('Contact', []);
    expect(String(wire.getLastConfig()?.query)).toContain(
      '{ WhoId: { eq: "00Q1" } }, { Sellfire_Activity_Id__c: { ne: null } }',
    );
    await show('Account', []);
    expect(String(wire.getLastConfig()?.query)).toContain('{ AccountId: { eq: "00Q1" } }');
  });

  it('lead to the Task', async () => {
    const element = await show('Lead', [CALL]);
    inside(element, '[data-id="00T1"]').click();
    expect(navigated.mock.lastCall?.[0].attributes.recordId).toBe('00T1');
  });

  it('are said to be none, and what would bring them', async () => {
    const element = await show('Lead', []);
    expect(textOf(element)).toContain('Activities come here when activity sync is on.');
    await expect(element).toBeAccessible();
  });

  it('say what went wrong, beside the rest of the panel', async () => {
    const element = await show('Lead');
    wire.emitErrors([{ message: 'x' }]);
    await settled();
    expect(textOf(element)).toContain('Salesforce answered with an error.');
    await expect(element).toBeAccessible();
  });
});
