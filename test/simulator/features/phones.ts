// Records with several phone fields, and leads that share a number with records (M16, M17): by which fields a record is known, and who is a pair.
import type { FieldMapping } from '../../../bridge/model/mapping.ts';
import { SYNC_RULES } from '../../../bridge/model/mapping.ts';
import { pairsOf } from '../../../bridge/sync/link/pairs.ts';
import { isPhoneMappedTo, phoneFields, phonesOf as numbersOf } from '../../../bridge/sync/mapping/phone.ts';
import { salesforceField, salesforceObject, sellfireField } from '../../helpers/fields.ts';
import { auditPairs, auditPhoneFields } from '../audit/phones.ts';
import { atHome, phonesOf } from '../phones.ts';
import type { Simulation } from '../simulation.ts';
import type { Feature } from './feature.ts';

const ASKED = 20;
const FIELDS = ['Phone', 'MobilePhone', 'HomePhone', 'AssistantPhone', 'Fax', 'Number__c'];

function ofFields({ random, config }: Simulation): string[] {
  const fields = FIELDS.filter(() => random.chance(0.8)).map((name) =>
    salesforceField(name, name === 'Number__c' ? 'string' : 'phone', random.chance(0.2) ? { filterable: false } : {}),
  );
  const mappings = FIELDS.filter(() => random.chance(0.5)).map((name, index): FieldMapping => {
    return {
      ...{ id: `a0M${index}`, sellfireObject: 'lead', salesforceObject: random.chance(0.9) ? 'Lead' : 'Contact' },
      ...{ sellfireField: random.pick(['primary_phone_number', 'custom_line']), salesforceField: name },
      ...{ rule: random.pick(SYNC_RULES), triggers: ['createUpdate'] },
    };
  });
  const catalogue = ['primary_phone_number', 'custom_line'].map((name) => sellfireField(name, 'phone'));
  const own = { ...config, mappings, catalogue, objects: { Lead: salesforceObject('Lead', fields) } };
  const known = fields.map(({ name, type, filterable }) => ({ name, type, isSearchable: filterable !== false }));
  const mapped = mappings.filter(({ rule, salesforceObject: of }) => rule !== 'DoNotSync' && of === 'Lead');
  const given = phoneFields(own, 'Lead');
  const phones = phonesOf(config.country);
  const record = Object.fromEntries(
    FIELDS.map((name, index) => [name, random.chance(0.7) ? atHome(phones[index % 2] ?? '', config.country) : null]),
  );
  const held = FIELDS.flatMap((name, index) =>
    given.includes(name) && record[name] !== null ? [phones[index % 2] ?? ''] : [],
  );
  const numbers = numbersOf(own, 'Lead', record);
  const isMapped = mapped.some(
    (one) => one.sellfireField === 'primary_phone_number' && fields.some(({ name }) => name === one.salesforceField),
  );
  return [
    ...auditPhoneFields(
      known,
      mapped.map((one) => ({ field: one.salesforceField, to: one.sellfireField })),
      given,
    ),
    ...([...new Set(held)].toSorted().join() === numbers.toSorted().join()
      ? []
      : [`M17: ${JSON.stringify(record)} has the numbers ${numbers.join()}.`]),
    ...(isPhoneMappedTo(own, 'Lead') === isMapped ? [] : [`M6: whether the phone is mapped is wrong.`]),
  ];
}

function ofPairs({ random }: Simulation): string[] {
  const candidates = Array.from({ length: random.between(1, 4) }, (_, index) => ({
    leadId: `lead_${9 - index}`,
    phone: '+15125550101',
    holders: [1, 2, 3]
      .filter(() => random.chance(0.3))
      .map((number) => ({ object: 'Lead' as const, id: `00Q00000000000${number}AAA` })),
  }));
  return auditPairs(candidates, pairsOf(candidates));
}

export const PHONES: Feature = {
  name: 'phones',
  ask: (simulation) => Array.from({ length: ASKED }, () => [...ofFields(simulation), ...ofPairs(simulation)]).flat(),
};
