// `flexipage:filterListCard`: the first records of a list view, with a link to all.
import { api, LightningElement } from 'lwc';
import { readList, type Table } from '../../../client/lists.ts';
import { navigateTo } from '../../../client/navigation.ts';
import { say } from '../../../client/shell.ts';
import { problemOf } from '../../../client/problem.ts';

export default class FilterListCard extends LightningElement {
  @api properties: Record<string, string> = {};
  table: Table | undefined;
  problem = '';

  override async connectedCallback(): Promise<void> {
    const { entityName = '', filterName = '', pageSize = '3' } = this.properties;
    try {
      this.table = await readList(entityName, filterName, Number(pageSize));
    } catch (error) {
      this.problem = problemOf(error);
    }
  }

  get label(): string {
    return this.table?.label ?? '';
  }

  get viewAll(): string {
    return say('View All', 'Ver todo');
  }

  get href(): string {
    const { entityName = '', filterName = '' } = this.properties;
    return `/lightning/o/${entityName}/list?filterName=${filterName}`;
  }

  go(event: Event): void {
    event.preventDefault();
    navigateTo(this.href);
  }
}
