import { RECORD } from '#components/record';
import { allInside, mount, textOf } from '#components/mount';
import { setup } from '@sa11y/jest';
import RecordFacts from 'c/recordFacts';

function show(record: Partial<typeof RECORD> = {}, hideOwner = false): string[] {
  const element = mount('c-record-facts', RecordFacts, { record: { ...RECORD, ...record }, hideOwner });
  return allInside(element, 'dl > div').map(textOf);
}

describe('the facts of a record (M35)', () => {
  beforeAll(() => setup());
  afterEach(() => document.body.replaceChildren());

  it('are cycle, owner, next event and the rule of recording', async () => {
    const [cycle, owner, event, consent] = show();
    expect([cycle, owner]).toEqual(['Sales cycle 2', 'Owner rep_7']);
    expect(event).toMatch(/^Next event Mar 2, 2126/);
    expect(consent).toContain("Recording a call Texas: one party's consent is enough");
    await expect(document.body).toBeAccessible();
  });

  it('say of an event that it has passed', () => {
    expect(show({ nextEventAt: '2020-03-02T12:00:00.000Z' })[2]).toContain('which has passed');
  });

  it('warn where everybody has to agree, by a sign and in words', () => {
    const element = mount('c-record-facts', RecordFacts, { record: { ...RECORD, state: 'CA' } });
    expect(allInside(element, 'lightning-icon')).toHaveLength(1);
    expect(textOf(element)).toContain('everybody on the call has to agree');
  });

  it('tell none from not visible and from not mapped', () => {
    const blank = { cycle: undefined, repId: '', nextEventAt: '' };
    const texts = show({ ...blank, hidden: new Set(['cycle', 'state']), unmapped: new Set(['nextEvent']) });
    expect(texts[0]).toContain('Not visible to you.');
    expect(texts[1]).toBe('Owner None');
    expect(texts[2]).toContain('no mapping fills this field');
    expect(texts[3]).toContain('Not visible to you.');
  });

  it('are the rule of recording alone before the record is linked, and no owner of an Account', () => {
    expect(show({ leadId: '' })).toHaveLength(1);
    document.body.replaceChildren();
    expect(show({}, true).some((text) => text.includes('Owner'))).toBe(false);
  });
});
