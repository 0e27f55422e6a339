// The currencies of the org. Every org has one; with the switch it has several, and then each record with amounts names its own.
// Sources: Object Reference, "CurrencyType", "PricebookEntry", "Opportunity" (CurrencyIsoCode); Salesforce Help, "Manage Multiple
// Currencies"; SOAP API Developer Guide, "getUserInfoResult".
import { fieldDef } from './fields.ts';
import type { Row } from './model.ts';
import type { Schema } from './schema.ts';
import type { Tables } from './tables.ts';

export interface Currencies {
  /** ISO code of the corporate currency, which is the only one until the org has several. */
  readonly corporate: string;
  readonly several: boolean;
  /** The only currency of the org. */
  setOnly(code: string): void;
  /**
   * Turns on several currencies, which cannot be turned off again: what is there already is in the corporate one.
   * Called again, it changes which ones are active.
   */
  useSeveral(active: readonly string[], inactive?: readonly string[]): void;
}

/** Objects with amounts, and who may say their currency: when they are made, always, or nobody. */
const OBJECTS: Readonly<Record<string, 'always' | 'create' | 'never'>> = {
  Account: 'always',
  Contact: 'always',
  Lead: 'always',
  Opportunity: 'always',
  OpportunityLineItem: 'never',
  Product2: 'always',
  PricebookEntry: 'create',
  Task: 'always',
};
const CURRENCY_LENGTH = 3;

export function createCurrencies(
  schema: Schema,
  tables: Tables,
  insert: (object: string, row: Row) => void,
  nextId: (object: string) => string,
): Currencies {
  let corporate = 'USD';
  let several = false;

  function field(name: string, active: readonly string[], inactive: readonly string[], writable: string) {
    const value = (code: string, isActive: boolean) => ({
      value: code,
      label: code,
      active: isActive,
      defaultValue: code === corporate,
    });
    return fieldDef({
      name,
      label: name === 'CurrencyIsoCode' ? 'Currency ISO Code' : 'Default Currency ISO Code',
      type: 'picklist',
      length: CURRENCY_LENGTH,
      restrictedPicklist: true,
      picklistValues: [...active.map((code) => value(code, true)), ...inactive.map((code) => value(code, false))],
      defaultValue: corporate,
      defaultedOnCreate: true,
      nillable: false,
      createable: writable !== 'never',
      updateable: writable === 'always',
    });
  }

  function add(object: string, one: ReturnType<typeof field>): void {
    const isNew = !schema.object(object).fields.has(one.name);
    schema.addField(object, one);
    if (!isNew) return;
    const def = schema.object(object);
    for (const row of tables.find(def, {}, Number.MAX_SAFE_INTEGER))
      tables.update(def, String(row['Id']), { [one.name]: corporate });
  }

  let codesNow: { active: readonly string[]; inactive: readonly string[] } | undefined;
  schema.onChange({
    defined(object) {
      const { active, inactive } = codesNow ?? {};
      if (!active || !inactive || !object.custom || object.kind !== 'record') return;
      if (!object.fields.has('CurrencyIsoCode')) add(object.name, field('CurrencyIsoCode', active, inactive, 'always'));
    },
    fieldAdded: () => undefined,
  });

  return {
    get corporate() {
      return corporate;
    },
    get several() {
      return several;
    },
    setOnly(code) {
      if (several) throw new Error('The org has several currencies.');
      corporate = code;
    },
    useSeveral(active, inactive = []) {
      several = true;
      const codes = [...new Set([corporate, ...active])];
      codesNow = { active: codes, inactive };
      if (!schema.find('CurrencyType')) {
        const number = { createable: false, updateable: false } as const;
        schema.define({
          name: 'CurrencyType',
          label: 'Currency Type',
          labelPlural: 'Currency Types',
          keyPrefix: '01L',
          kind: 'record',
          custom: false,
          refuses: ['create', 'update', 'delete'],
          fields: [
            fieldDef({ name: 'IsoCode', label: 'Currency ISO Code', type: 'picklist', length: 40 }),
            fieldDef({ name: 'ConversionRate', type: 'double', precision: 18, scale: 6, ...number }),
            fieldDef({ name: 'DecimalPlaces', type: 'int', ...number }),
            fieldDef({ name: 'IsActive', label: 'Active', type: 'boolean', ...number }),
            fieldDef({ name: 'IsCorporate', label: 'Corporate Currency', type: 'boolean', ...number }),
          ],
        });
      }
      const types = schema.object('CurrencyType');
      for (const row of tables.find(types, {}, Number.MAX_SAFE_INTEGER)) tables.erase(types, String(row['Id']));
      for (const code of [...codes, ...inactive])
        insert('CurrencyType', {
          Id: nextId('CurrencyType'),
          IsoCode: code,
          ConversionRate: 1,
          DecimalPlaces: 2,
          IsActive: codes.includes(code),
          IsCorporate: code === corporate,
        });
      for (const [object, writable] of Object.entries(OBJECTS))
        add(object, field('CurrencyIsoCode', codes, inactive, writable));
      for (const object of schema.objects())
        if (object.custom && object.kind === 'record')
          add(object.name, field('CurrencyIsoCode', codes, inactive, 'always'));
      for (const object of ['Organization', 'User'])
        add(object, field('DefaultCurrencyIsoCode', codes, inactive, object === 'User' ? 'always' : 'never'));
    },
  };
}
