import { mount, settled, textOf } from '#components/mount';
import { queryAnswer } from '#components/record';
import { graphqlWire } from '#components/wires';
import { setup } from '@sa11y/jest';
import OwnerRep from 'c/ownerRep';
import { graphql } from 'lightning/graphql';

jest.mock('@salesforce/user/Id', () => ({ __esModule: true, default: '005AA0000000001AAA' }), { virtual: true });

const wire = graphqlWire(graphql);
const ANN = { Name: 'Ann Lee', Salesforce_User_Id__c: '005AA0000000002', State__c: 'active' };

async function show(...reps: object[]): Promise<HTMLElement> {
  const element = mount('c-owner-rep', OwnerRep, { repId: 'rep_7' });
  wire.emit(queryAnswer({ Sellfire_Rep__c: reps }));
  await settled();
  return element;
}

describe('the rep who owns a lead', () => {
  beforeAll(() => setup());
  afterEach(() => document.body.replaceChildren());

  it('is named', async () => {
    const element = await show(ANN);
    expect(textOf(element)).toBe('Ann Lee');
    expect(String(wire.getLastConfig()?.query)).toContain('{ Rep_Id__c: { eq: "rep_7" } }');
    await expect(element).toBeAccessible();
  });

  it('is the reader, where the two are one person, whatever the length of the id', async () => {
    expect(textOf(await show({ ...ANN, Salesforce_User_Id__c: '005AA0000000001' }))).toBe('Ann Lee (you)');
  });

  it('is said to be gone', async () => {
    expect(textOf(await show({ ...ANN, State__c: 'deleted' }))).toBe('Ann Lee (no longer in Sellfire)');
  });

  it('is an id where nobody is known by it, and where the reader may not see the reps', async () => {
    const element = await show();
    expect(textOf(element)).toBe('rep_7');
    wire.emitErrors([{ message: 'Validation error (FieldUndefined@[uiapi/query/Sellfire_Rep__c])' }]);
    await settled();
    expect(textOf(element)).toBe('rep_7');
  });
});
