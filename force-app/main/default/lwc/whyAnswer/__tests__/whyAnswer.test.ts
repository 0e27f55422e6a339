import { allInside, inside, mount, settled, textOf } from '#components/mount';
import { navigated } from '#components/navigation';
import { DIFFERING, STOPPED } from '#components/why';
import { setup } from '@sa11y/jest';
import WhyAnswer from 'c/whyAnswer';
import { explainedOf } from 'c/whyData';

type Button = HTMLElement & { label: string };

async function show(data: unknown): Promise<HTMLElement> {
  const element = mount('c-why-answer', WhyAnswer, { explained: explainedOf(data) });
  await settled();
  return element;
}

describe('the answer to the question why (B16)', () => {
  beforeAll(() => setup());
  afterEach(() => {
    document.body.replaceChildren();
    jest.clearAllMocks();
  });

  it('stands on top in words, before the gates and what would be written', async () => {
    const element = await show(STOPPED);
    expect(inside(element, 'h2').textContent).toMatch(/^The Sellfire lead "Acme Bakery" \(lead_2\) has \+15125550123/);
    expect(textOf(element)).toContain('What would be written now Nothing would be written.');
    await expect(element).toBeAccessible();
  });

  it('shows the fields that differ, and each write with its fields, as text', async () => {
    const element = await show(DIFFERING);
    const text = textOf(element);
    expect(text).toContain('1 of 14 mapped fields does not hold the same on both sides.');
    expect(text).toContain('3 more fields differ.');
    expect(text).toMatch(
      /What would be written now It is written once sync runs\. 1 field of the lead would be written in Sellfire\. .* City \(blank\) <b>Austin<\/b>/,
    );
    await expect(element).toBeAccessible();
  });

  it('leads to both sides', async () => {
    const element = await show(DIFFERING);
    const buttons = allInside<Button>(element, 'lightning-button');
    expect(buttons.map(({ label }) => label)).toEqual(['Open the record', 'Open in Sellfire']);
    buttons[0]?.click();
    expect(navigated.mock.lastCall?.[0]).toMatchObject({ attributes: { recordId: '00Q000000000001EAA' } });
    buttons[1]?.click();
    expect(navigated.mock.lastCall?.[0]).toMatchObject({
      attributes: { url: 'https://app.sellfire.example/leads/lead_1' },
    });
  });

  it('says yes where nothing stops', async () => {
    const gates = [
      { gate: 'link', state: 'pass', message: { code: 'whyLinked', args: ['Lead', '00Q1', 'lead_1'], sentence: '' } },
    ];
    const element = await show({ ...STOPPED, answer: { code: 'whyInStep', args: [], sentence: '' }, gates });
    expect(inside<HTMLElement & { alternativeText: string }>(element, 'lightning-icon').alternativeText).toBe('Yes');
    expect(textOf(element)).toContain('Nothing keeps the two apart');
  });
});
