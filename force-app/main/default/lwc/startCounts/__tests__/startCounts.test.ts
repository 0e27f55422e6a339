import { mount, textOf } from '#components/mount';
import { setup } from '@sa11y/jest';
import StartCounts from 'c/startCounts';

describe('the counts of one direction', () => {
  beforeAll(() => setup());
  afterEach(() => document.body.replaceChildren());

  it('are three sentences, and the reasons of what would be refused', async () => {
    const counts = { create: 4112, update: 3, refused: 1, reasons: [{ code: 'A', sentence: 'No phone.', count: 1 }] };
    const element = mount('c-start-counts', StartCounts, { heading: 'From Salesforce', counts });
    expect(textOf(element)).toBe(
      'From Salesforce 4,112 records have no counterpart. 3 linked records differ. 1 would be refused. 1: No phone.',
    );
    await expect(element).toBeAccessible();
  });
});
