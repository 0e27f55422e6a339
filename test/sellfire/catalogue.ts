// The field catalogue: what fields there are, and the Field Manager's actions on them.
import { sellfireFieldSchema, type SellfireField, type SellfireValue } from '../../bridge/model/field.ts';
import type { Actor } from '../../bridge/model/event.ts';
import type { Clock } from './clock.ts';
import type { Feed } from './feed.ts';
import { Refusal } from './problem.ts';
import { CUSTOM_FIELDS, describeField, SHIPPED_FIELDS } from './system-fields.ts';
import { parseValue } from './values.ts';

export type FieldObject = SellfireField['object'];
export type NewField = Pick<SellfireField, 'object' | 'name' | 'label' | 'type'> &
  Partial<Pick<SellfireField, 'max_length' | 'options'>>;

/** Options that are the dialer's own words; adding to them would mean nothing. */
const FIXED_OPTIONS = new Set(['lead.phase', 'lead.state']);
const keyOf = (object: string, name: string): string => `${object}.${name}`;

export class Catalogue {
  readonly #feed: Feed;
  readonly #clock: Clock;
  readonly #fields = new Map<string, SellfireField>();
  readonly #required = new Set<string>();
  readonly #blanks = new Map<FieldObject, Readonly<Record<string, SellfireValue>>>();

  constructor(feed: Feed, clock: Clock) {
    this.#feed = feed;
    this.#clock = clock;
    for (const field of [...SHIPPED_FIELDS, ...CUSTOM_FIELDS]) this.#put(field);
  }

  list(object?: FieldObject): SellfireField[] {
    return [...this.#fields.values()].filter((field) => object === undefined || field.object === object);
  }

  /** @throws Refusal unknown_field. */
  get(object: string, name: string): SellfireField {
    const field = this.#fields.get(keyOf(object, name));
    if (!field) throw new Refusal('unknown_field', `There is no ${object} field "${name}".`, { field: name });
    return field;
  }

  /** Every field of an object by name, with what it holds before anything is set. */
  blank(object: FieldObject): Record<string, SellfireValue> {
    return { ...this.#blanks.get(object) };
  }

  /** @throws Refusal naming the first field that is unknown, read-only, or given a value that does not fit. */
  parse(object: FieldObject, values: Record<string, SellfireValue>): Record<string, SellfireValue> {
    const parsed: Record<string, SellfireValue> = {};
    for (const [name, value] of Object.entries(values)) {
      const field = this.get(object, name);
      if (field.read_only)
        throw new Refusal('read_only_field', `${field.label} (${name}) is kept by Sellfire itself.`, { field: name });
      parsed[name] = parseValue(field, value);
    }
    return parsed;
  }

  /** @throws Refusal unknown_field, or invalid_value when the field has no options of its own to add to. */
  addOption(object: string, name: string, option: string, actor: Actor): SellfireField {
    const field = this.get(object, name);
    const wanted = option.trim();
    if ((field.type !== 'select' && field.type !== 'multi_select') || FIXED_OPTIONS.has(keyOf(object, name)))
      throw new Refusal('invalid_value', `${field.label} (${name}) takes no further options.`, { field: name });
    if (wanted === '') throw new Refusal('invalid_value', 'An option needs a text.', { field: name });
    if (field.options.includes(wanted)) return field;
    return this.#change({ ...field, options: [...field.options, wanted] }, actor);
  }

  /** @throws Refusal invalid_value when the name is taken or not possible. */
  addField(field: NewField, actor: Actor): SellfireField {
    const { object, name, label, type, ...extra } = field;
    if (this.#fields.has(keyOf(object, name)))
      throw new Refusal('invalid_value', `There is a ${object} field "${name}" already.`, { field: name });
    const parsed = sellfireFieldSchema.safeParse(describeField(name, label, type, { object, custom: true, ...extra }));
    if (!parsed.success)
      throw new Refusal('invalid_value', parsed.error.issues[0]?.message ?? 'The field is not possible.', {
        field: name,
      });
    return this.#change(parsed.data, actor);
  }

  /** Deletes a custom field with its values. @throws Refusal unknown_field, or invalid_value for a field that Sellfire ships. */
  removeField(object: FieldObject, name: string, actor: Actor): void {
    this.#custom(object, name);
    this.#fields.delete(keyOf(object, name));
    this.#required.delete(keyOf(object, name));
    const { [name]: _, ...others } = this.blank(object);
    this.#blanks.set(object, others);
    this.#announce(actor);
  }

  /** Gives a custom field another type, or other options. @throws Refusal as `removeField` */
  changeField(
    object: FieldObject,
    name: string,
    change: Partial<Pick<SellfireField, 'type' | 'options' | 'max_length'>>,
    actor: Actor,
  ): SellfireField {
    return this.#change({ ...this.#custom(object, name), ...change }, actor);
  }

  /** A new lead needs a value in this field from now on, or no longer. The catalogue does not show it. */
  require(name: string, isRequired: boolean, actor: Actor): void {
    const key = keyOf('lead', this.get('lead', name).name);
    if (isRequired) this.#required.add(key);
    else this.#required.delete(key);
    this.#announce(actor);
  }

  /** @throws Refusal invalid_value for a new lead that lacks a required field. */
  complete(fields: Readonly<Record<string, SellfireValue>>): void {
    for (const key of this.#required) {
      const field = this.#fields.get(key);
      if (field && (fields[field.name] ?? null) === null)
        throw new Refusal('invalid_value', `A new lead needs ${field.label} (${field.name}).`, { field: field.name });
    }
  }

  #custom(object: FieldObject, name: string): SellfireField {
    const field = this.get(object, name);
    if (!field.custom) throw new Refusal('invalid_value', `Sellfire ships ${field.label} (${name}).`, { field: name });
    return field;
  }

  #change(field: SellfireField, actor: Actor): SellfireField {
    this.#put(field);
    this.#announce(actor);
    return field;
  }

  #announce(actor: Actor): void {
    const occurred_at = new Date(this.#clock()).toISOString();
    this.#feed.append({ type: 'catalogue.changed', occurred_at, actor, lead: null });
  }

  #put(field: SellfireField): void {
    this.#fields.set(keyOf(field.object, field.name), field);
    const nothing = field.type === 'checkbox' ? false : null;
    this.#blanks.set(field.object, { ...this.#blanks.get(field.object), [field.name]: nothing });
  }
}
