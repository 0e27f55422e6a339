import { allInside, inside, mount, settled, textOf } from '#components/mount';
import { navigated } from '#components/navigation';
import { queryAnswer } from '#components/record';
import { graphqlWire } from '#components/wires';
import { setup } from '@sa11y/jest';
import AccountLeads from 'c/accountLeads';
import { graphql } from 'lightning/graphql';

const wire = graphqlWire(graphql);
const ANN = { Id: '003A', Name: 'Ann Stone', Phase__c: 'HeldPhase' };
const BOB = { Id: '003B', Name: 'Bob Sand', Phase__c: null };

async function show(people?: readonly object[], refresh?: () => Promise<void>): Promise<HTMLElement> {
  const element = mount('c-account-leads', AccountLeads, { recordId: '001A' });
  if (people) wire.emit(queryAnswer({ Contact: people }), undefined, refresh);
  await settled();
  return element;
}

describe('the leads of an Account', () => {
  beforeAll(() => setup());
  afterEach(() => document.body.replaceChildren());

  it('are its Contacts that are linked, each with its phase and its page', async () => {
    const element = await show([ANN, BOB]);
    expect(String(wire.getLastConfig()?.query)).toContain('{ AccountId: { eq: "001A" } }');
    expect(allInside(element, 'c-phase-path').map(textOf)).toHaveLength(1);
    expect(textOf(element)).toContain('A demo is set');
    inside(element, '[data-id="003B"]').click();
    expect(navigated.mock.lastCall?.[0].attributes.recordId).toBe('003B');
    await expect(element).toBeAccessible();
  });

  it('are said to be none', async () => {
    const element = await show([]);
    expect(textOf(element)).toContain('No Contact of this Account is linked with Sellfire.');
    await expect(element).toBeAccessible();
  });

  it('say what went wrong, and are read again', async () => {
    const refresh = jest.fn<Promise<void>, []>().mockRejectedValue({ body: { message: 'x' }, status: 503 });
    const element = await show([ANN], refresh);
    inside(element, 'c-error-message').dispatchEvent(new CustomEvent('retry'));
    await settled();
    expect(refresh).toHaveBeenCalled();
    expect(textOf(element)).toContain('busy');
    wire.emitErrors([{ message: 'x' }]);
    await settled();
    expect(textOf(element)).toContain('Salesforce answered with an error.');
  });
});
