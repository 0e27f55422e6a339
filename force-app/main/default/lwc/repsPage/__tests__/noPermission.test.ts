import { allInside, mount, settled, textOf } from '#components/mount';
import { ANN, repsAnswer } from '#components/reps';
import { graphqlWire } from '#components/wires';
import { setup } from '@sa11y/jest';
import RepsPage from 'c/repsPage';
import { graphql } from 'lightning/graphql';

jest.mock('@salesforce/customPermission/Configure_Sellfire', () => ({ __esModule: true, default: undefined }), {
  virtual: true,
});

describe('the Reps page without the permission', () => {
  beforeAll(() => setup());

  it('shows nothing of the reps, and says which permission set to ask for', async () => {
    const element = mount('c-reps-page', RepsPage);
    await settled();
    graphqlWire(graphql).emit(repsAnswer([ANN]), (config) => JSON.stringify(config).includes('sellfireReps '));
    await settled();
    expect(allInside(element, 'c-rep-table')).toEqual([]);
    expect(textOf(element)).toContain('You need the permission set Sellfire Administrator to see this page.');
    await expect(element).toBeAccessible();
  });
});
