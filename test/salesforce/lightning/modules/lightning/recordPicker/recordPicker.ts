// `lightning-record-picker`: finds a record of one object through GraphQL. Source: Component Library, "Record Picker".
import { api, LightningElement } from 'lwc';
import { request } from '../../../client/http.ts';
import type { Choice } from 'host/lookup';

interface Criterion {
  fieldPath: string;
  operator: string;
  value: unknown;
}

export default class RecordPicker extends LightningElement {
  @api label = '';
  @api objectApiName = '';
  @api placeholder = '';
  @api variant = 'standard';
  @api required = false;
  @api disabled = false;
  @api value: string | null = null;
  @api fieldLevelHelp: string | null = null;
  @api messageWhenValueMissing = '';
  @api displayInfo: { primaryField?: string; additionalFields?: string[] } = {};
  @api matchingInfo: { primaryField?: { fieldPath: string }; additionalFields?: { fieldPath: string }[] } = {};
  @api filter: { criteria?: Criterion[]; filterLogic?: string } | undefined;

  get finder() {
    return (text: string): Promise<Choice[]> => this.find(text);
  }

  private async find(text: string): Promise<Choice[]> {
    const { primaryField = 'Name', additionalFields = [] } = this.displayInfo;
    const [extra] = additionalFields;
    const matched = [
      this.matchingInfo.primaryField?.fieldPath ?? 'Name',
      ...(this.matchingInfo.additionalFields ?? []).map(({ fieldPath }) => fieldPath),
    ];
    const like = matched.map((path) => nested(path, `{ like: ${JSON.stringify(`%${text}%`)} }`));
    const filters = [...(text === '' ? [] : [`{ or: [${like.join(', ')}] }`]), ...this.criteria()];
    const where = filters.length === 0 ? '' : `where: { and: [${filters.join(', ')}] }, `;
    const fields = [...new Set([primaryField, ...(extra === undefined ? [] : [extra])])].map((path) =>
      nested(path, '{ value displayValue }', false),
    );
    const query = `query find { uiapi { query { ${this.objectApiName}(${where}first: 5) { edges { node { Id ${fields.join(' ')} } } } } } }`;
    const answer = (await request('POST', '/graphql', { query })) as { data?: unknown; errors?: { message: string }[] };
    if (answer.errors && answer.errors.length > 0) {
      this.dispatchEvent(new CustomEvent('error', { detail: { error: answer.errors } }));
      throw new Error(`lightning-record-picker: ${answer.errors.map(({ message }) => message).join(' ')}`);
    }
    const data = answer.data as { uiapi: { query: Record<string, { edges: { node: Record<string, unknown> }[] }> } };
    return (data.uiapi.query[this.objectApiName]?.edges ?? []).map(({ node }) => ({
      id: String(node['Id']),
      label: textAt(node, primaryField),
      meta: extra === undefined ? '' : textAt(node, extra),
    }));
  }

  /** @throws Error for a logic of its own, which this host does not read */
  private criteria(): string[] {
    const { criteria = [], filterLogic } = this.filter ?? {};
    if (filterLogic !== undefined && /\b(or|not)\b/i.test(filterLogic))
      throw new Error('lightning-record-picker: filterLogic with OR or NOT is not in this host.');
    return criteria.map(({ fieldPath, operator, value }) =>
      nested(fieldPath, `{ ${operator}: ${JSON.stringify(value)} }`),
    );
  }

  change(event: CustomEvent<{ recordId: string | null }>): void {
    event.stopPropagation();
    this.value = event.detail.recordId;
    this.dispatchEvent(new CustomEvent('change', { detail: { recordId: event.detail.recordId } }));
  }

  private get lookup() {
    return this.template?.querySelector('host-lookup') as unknown as {
      clearSelection(): void;
      focus(): void;
      blur(): void;
      checkValidity(): boolean;
      reportValidity(): boolean;
      setCustomValidity(message: string): void;
    };
  }

  @api
  clearSelection(): void {
    this.value = null;
    this.lookup.clearSelection();
  }

  @api
  focus(): void {
    this.lookup.focus();
  }

  @api
  blur(): void {
    this.lookup.blur();
  }

  @api
  checkValidity(): boolean {
    return this.lookup.checkValidity();
  }

  @api
  reportValidity(): boolean {
    return this.lookup.reportValidity();
  }

  @api
  setCustomValidity(message: string): void {
    this.lookup.setCustomValidity(message);
  }
}

/** `Owner.Name` around what is asked of it: `{ Owner: { Name: … } }` in an argument, `Owner { Name … }` in a selection. */
function nested(path: string, inner: string, isArgument = true): string {
  return path
    .split('.')
    .reverse()
    .reduce((inside, name, index) => {
      if (isArgument) return `{ ${name}: ${inside} }`;
      return index === 0 ? `${name} ${inside}` : `${name} { ${inside} }`;
    }, inner);
}

function textAt(node: Record<string, unknown>, path: string): string {
  let at: unknown = node;
  for (const name of path.split('.')) at = (at as Record<string, unknown> | undefined)?.[name];
  const { value, displayValue } = (at ?? {}) as { value?: unknown; displayValue?: string | null };
  return String(displayValue ?? value ?? '');
}
