import { allInside, mount, textOf } from '#components/mount';
import { setup } from '@sa11y/jest';
import PhasePath from 'c/phasePath';

describe('the path of a sales cycle', () => {
  beforeAll(() => setup());
  afterEach(() => document.body.replaceChildren());

  it('says which steps are done, which is now and which are ahead, and the phase in words', async () => {
    const element = mount('c-phase-path', PhasePath, { phase: 'HeldPhase' });
    expect(allInside(element, 'li').map(textOf)).toEqual([
      ...['Cold calls done', 'Demo set now', 'Demo held ahead', 'Customer ahead'],
    ]);
    const current = allInside(element, '[aria-current="step"]');
    expect(current.map(textOf)).toEqual(['Demo set now']);
    expect(textOf(element)).toContain('A demo is set, and its time has not come.');
    await expect(element).toBeAccessible();
  });

  it('shows the name of a phase that it does not know, without a path', async () => {
    const element = mount('c-phase-path', PhasePath, { phase: 'Asleep' });
    expect(allInside(element, 'ol')).toEqual([]);
    expect(textOf(element)).toBe('Asleep');
    await expect(element).toBeAccessible();
  });
});
