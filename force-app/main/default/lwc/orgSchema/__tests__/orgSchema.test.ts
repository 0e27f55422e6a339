import { LEAD, objectInfo, objectInfos } from '#components/mappings';
import { SALESFORCE_TYPES } from 'c/fieldFit';
import { isPicklist, objectsOf, toObject, withValues } from 'c/orgSchema';

const info = (object = LEAD): never => objectInfo(object) as never;
const picklist = (...values: string[]): never =>
  ({ values: values.map((value) => ({ value, label: value })) }) as never;

describe('an object as the UI API describes it', () => {
  it('keeps its fields, with types under the names by which mappings are judged', () => {
    const lead = toObject(info());
    expect(lead).toEqual(LEAD);
    for (const { type } of Object.values(lead.fields)) expect([...SALESFORCE_TYPES, 'location']).toContain(type);
  });

  it('has an id that is no reference to something else', () => {
    const { Title } = LEAD.fields;
    if (!Title) throw new Error('The Lead has no title.');
    const Id = { ...Title, name: 'Id', type: 'reference' };
    const OwnerId = { ...Id, name: 'OwnerId' };
    const { fields } = toObject(info({ ...LEAD, fields: { Id, OwnerId } }));
    expect([fields.Id?.type, fields.OwnerId?.type]).toEqual(['id', 'reference']);
  });
});

describe('several objects', () => {
  it('are there by name, and one that is hidden from the user takes no other down', () => {
    const objects = objectsOf(objectInfos('Contact', LEAD) as never);
    expect([...objects.keys()]).toEqual(['Lead']);
    expect(objects.get('Lead')).toEqual(LEAD);
  });

  it('are none until they are read', () => {
    expect(objectsOf(undefined).size).toBe(0);
  });
});

describe('a picklist', () => {
  it('has its values once they are read, and does not seem empty before', () => {
    const { Industry } = LEAD.fields;
    if (!Industry) throw new Error('The Lead has no industry.');
    expect(withValues(Industry, undefined).values).toBeUndefined();
    expect(withValues(Industry, picklist('Legal', 'Retail')).values).toEqual(['Legal', 'Retail']);
    expect(Industry.values).toBeUndefined();
  });

  it('is every kind of field that offers values', () => {
    expect(['picklist', 'multipicklist', 'combobox'].every(isPicklist)).toBe(true);
    expect(['string', 'reference', 'boolean'].some(isPicklist)).toBe(false);
  });
});
