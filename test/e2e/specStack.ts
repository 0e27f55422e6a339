// The stack of the table of rules: one stack on which everything of the specification is mapped and turned on, and what the
// rows of the table say to it.
import { DEFAULT_SETTINGS, type Settings } from '../../bridge/model/settings.ts';
import type { SyncRule, Trigger } from '../../bridge/model/mapping.ts';
import { mapFields, SENSIBLE } from '../helpers/mappings.ts';
import type { Stack } from '../helpers/stack.ts';
import { until } from '../helpers/until.ts';
import type { Row, Story } from './story.ts';

/** A rule of the specification, and what shows it through the real parts. */
export interface SpecRow {
  /** `M5`; several where one run shows several. */
  id: string;
  promise: string;
  run: (spec: SpecStack) => Promise<void>;
}

type Line = [sellfire: string, object: string, field: string, rule: SyncRule, triggers: Trigger[]];
const ALL: Trigger[] = ['createUpdate', 'demoSet', 'sale'];
const DEAL: Trigger[] = ['demoSet', 'sale'];

/** Beside the sensible ones. */
const MAPPINGS: Line[] = [
  ['country', 'Lead', 'Country', 'DoNotSync', ['createUpdate']],
  ['primary_phone_number', 'Account', 'Phone', 'TwoWay', ALL],
  ['business_name', 'Account', 'Name', 'TwoWay', ALL],
  ['city', 'Account', 'BillingCity', 'TwoWay', ALL],
  ['business_name', 'Opportunity', 'Name', 'AlwaysSellfire', DEAL],
  ['notes', 'Opportunity', 'Description', 'AlwaysSellfire', ['demoSet']],
  ['notes', 'Opportunity', 'NextStep', 'AlwaysSellfire', ['sale']],
  ['notes', 'Account', 'Description', 'AlwaysSellfire', ['sale']],
];
const SETTINGS: Partial<Settings> = {
  activitySync: true,
  connectionUpdate: true,
  accountAtDemo: true,
  opportunityAtDemo: true,
};
const DAY_MS = 86_400_000;

/** `activitySync` → `Activity_Sync__c` */
const settingField = (name: string): string =>
  `@${name.replace(/[A-Z]/g, '_$&').replace(/^./, (email) => email.toUpperCase())}__c`;

export class SpecStack {
  readonly stack: Stack;
  readonly story: Story;
  #settings = '';

  constructor(stack: Stack, story: Story) {
    this.stack = stack;
    this.story = story;
  }

  /** Before the bridge is started. */
  async prepare(): Promise<void> {
    const { story, stack } = this;
    const required = SENSIBLE.filter(([, object]) => object !== 'Contact');
    await mapFields(stack.admin, stack.prefix, required);
    for (const [sellfire, , field, rule] of SENSIBLE.filter(([, object]) => object === 'Contact'))
      await this.addMapping([
        sellfire,
        'Contact',
        field,
        rule,
        ['Phone', 'LastName'].includes(field) ? ALL : ['createUpdate'],
      ]);
    for (const line of MAPPINGS) await this.addMapping(line);
    const fields = Object.entries(SETTINGS).map(([name, value]) => [settingField(name), value]);
    this.#settings = await story.create('@Sync_Settings__c', { Name: 'Settings', ...Object.fromEntries(fields) });
    for (const rep of stack.sellfire.dialer.reps.list())
      if (rep.role === 'rep') stack.sellfire.dialer.reps.change(rep.id, { sf_owner_id: stack.org.users.admin.id });
    await this.addProduct('PRO', 'Pro plan');
  }

  addMapping([sellfire, object, field, rule, triggers]: Line): Promise<string> {
    return this.story.create('@Field_Mapping__c', {
      '@Sellfire_Object__c': 'Lead',
      '@Sellfire_Field__c': sellfire,
      '@Salesforce_Object__c': object,
      '@Salesforce_Field__c': field.replace('@', this.stack.prefix),
      '@Sync_Rule__c': rule,
      '@On_Create_Update__c': triggers.includes('createUpdate'),
      '@On_Demo_Set__c': triggers.includes('demoSet'),
      '@On_Sale__c': triggers.includes('sale'),
    });
  }

  async addProduct(ProductCode: string, Name: string): Promise<void> {
    const [book] = await this.story.query('SELECT Id FROM Pricebook2 WHERE IsStandard = true');
    const product = await this.story.create('Product2', { Name, ProductCode, IsActive: true });
    const price = { Product2Id: product, Pricebook2Id: book?.['Id'], UnitPrice: 50, IsActive: true };
    await this.story.create('PricebookEntry', price);
  }

  /** With other settings while it lasts. */
  async with(settings: Partial<Settings>, deed: () => Promise<void>): Promise<void> {
    const change = (values: Partial<Settings>) => {
      const fields = Object.keys(settings).map((name) => {
        const value = values[name as keyof Settings] ?? DEFAULT_SETTINGS[name as keyof Settings];
        return [settingField(name), value];
      });
      return this.story.reloaded(() =>
        this.story.update('@Sync_Settings__c', this.#settings, Object.fromEntries(fields)),
      );
    };
    await change(settings);
    try {
      await deed();
    } finally {
      await change(SETTINGS);
    }
  }

  get desk(): Stack['sellfire']['desk'] {
    return this.stack.sellfire.desk;
  }

  /** As it is now. */
  lead(id: string) {
    return this.stack.sellfire.dialer.leads.get(id);
  }

  /** As it is now; a record that is not there shows nothing. */
  record(object: string, id: string): Row {
    return this.stack.org.org.get(object, id) ?? {};
  }

  /** Waits until a record has these values. */
  async has(object: string, id: string, fields: Row): Promise<void> {
    await until(`${object} ${id} has ${JSON.stringify(fields)}`, () =>
      Object.entries(fields).every(([name, value]) => (this.record(object, id)[name] ?? null) === value),
    );
  }

  /** Three days from now, to the hour. */
  inDays(days = 3): string {
    return new Date(Math.ceil(Date.now() / DAY_MS + days) * DAY_MS + 8 * 3_600_000).toISOString();
  }

  /** The Account of a lead once Sellfire shows it, which is after a demo or a sale. */
  accountOf(leadId: string): Promise<string> {
    return until(`${leadId} shows its Account`, () => this.lead(leadId).salesforce.account_id);
  }

  sell(leadId: string, more: object = {}): void {
    this.desk.sell(leadId, {
      items: [{ product_code: 'PRO', product_name: 'Pro plan', quantity: 2, unit_price: '50' }],
      ...more,
    });
  }
}
