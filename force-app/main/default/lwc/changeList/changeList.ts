// Field by field, what stood there before and what stands there since, and the rule that decided it. A field goes by its label in
// the system that was written, with its name beside it; where the reader may not see it, by its name.
import AFTER from '@salesforce/label/c.Report_Change_After';
import BEFORE from '@salesforce/label/c.Report_Change_Before';
import FIELD from '@salesforce/label/c.Report_Change_Field';
import LIST from '@salesforce/label/c.Report_Changes';
import RULE from '@salesforce/label/c.Report_Change_Rule';
import { withPrefix } from 'c/records';
import { valueWord } from 'c/values';
import { gql, graphql, type GraphQLDocument, type GraphQLResult } from 'lightning/graphql';
import { getObjectInfo, type ObjectInfo } from 'lightning/uiObjectInfoApi';
import type { WireResult } from 'lightning/uiRecordApi';
import { api, LightningElement, wire } from 'lwc';
import { fieldsPart, labelsOf } from './fields';
import { byWords, peopleOf, peopleParts } from './people';

export interface Editor {
  side: 'salesforce' | 'sellfire';
  /** Of a user or a rep; or what else acts in Sellfire. */
  id: string;
}

export interface ShownChange {
  field: string;
  before: unknown;
  after: unknown;
  /** Already translated; blank where none is known. */
  rule: string;
  /** Who made the change that was carried, where that is known. */
  by?: Editor;
}

interface ShownRow {
  key: string;
  label: string;
  /** Blank where it is the label. */
  name: string;
  before: string;
  after: string;
  rule: string;
  /** Who, in which system; blank where that is not known. */
  by: string;
}

export default class ChangeList extends LightningElement {
  @api changes: readonly ShownChange[] = [];
  /** As a report has it; blank where the fields go by their labels already. */
  @api direction = '';
  /** The object in Salesforce that was written; blank where none is known. */
  @api objectName = '';

  labels = { AFTER, BEFORE, FIELD, LIST, RULE };
  private names: Readonly<Record<string, string>> = {};
  private people: ReadonlyMap<string, string> = new Map();

  get salesforceObject(): string | undefined {
    return this.direction === 'ToSalesforce' && this.objectName ? this.objectName : undefined;
  }

  get namesQuery(): GraphQLDocument | undefined {
    const parts = [
      ...(this.direction === 'ToSellfire' ? [fieldsPart(this.changes)] : []),
      ...peopleParts(this.changes),
    ];
    if (parts.length === 0) return undefined;
    const query = withPrefix(`query sellfireNames { uiapi { query { ${parts.join(' ')} } } }`);
    return gql`
      ${query}
    `;
  }

  @wire(getObjectInfo, { objectApiName: '$salesforceObject' })
  readObject({ data }: WireResult<ObjectInfo>): void {
    if (data?.apiName !== this.salesforceObject || !data) return;
    this.names = Object.fromEntries(Object.entries(data.fields).map(([name, { label }]) => [name, label]));
  }

  @wire(graphql, { query: '$namesQuery' })
  readNames({ data }: GraphQLResult<unknown>): void {
    if (!data) return;
    this.people = peopleOf(data);
    if (this.direction === 'ToSellfire') this.names = labelsOf(data);
  }

  get rows(): ShownRow[] {
    return this.changes.map(({ field, before, after, rule, by }, index) => {
      const label = (this.direction ? this.names[field] : undefined) || field;
      const name = label === field ? '' : field;
      return {
        key: `${index} ${field}`,
        label,
        name,
        before: valueWord(before),
        after: valueWord(after),
        rule,
        by: byWords(by, this.people),
      };
    });
  }
}
