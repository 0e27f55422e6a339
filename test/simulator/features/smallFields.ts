// Fields of a sale that are smaller than what it brings (M22, M32): the name of an Opportunity is shortened, and an amount is rounded, both with a row.
import { salesforceField as field } from '../../helpers/fields.ts';
import { configure } from './configure.ts';
import type { Feature } from './feature.ts';

export const SMALL_FIELDS: Feature = {
  name: 'smallFields',
  begin(simulation) {
    const { config, org } = simulation;
    const { Opportunity, OpportunityLineItem: item } = config.objects;
    if (!Opportunity || !item) return;
    org.limits.set('Opportunity.Name', 1);
    org.limits.set('OpportunityLineItem.UnitPrice', 0);
    configure(simulation, {
      objects: {
        Opportunity: {
          ...Opportunity,
          fields: { ...Opportunity.fields, Name: field('Name', 'string', { length: 1 }) },
        },
        OpportunityLineItem: {
          ...item,
          fields: { ...item.fields, UnitPrice: field('UnitPrice', 'currency', { scale: 0 }) },
        },
      },
    });
  },
};
