// A dashboard: its components in their places on a grid of twelve columns, beneath each other in a narrow window.
import { api, LightningElement } from 'lwc';
import { metadata } from '../../../client/shell.ts';
import type { Dashboard as DashboardMetadata } from '../../../metadata/dashboards.ts';

export default class Dashboard extends LightningElement {
  @api name = '';

  get dashboard(): DashboardMetadata | undefined {
    return metadata().dashboards.find(({ name }) => name === this.name);
  }

  get missing(): string {
    return `There is no dashboard ${this.name}.`;
  }

  get components() {
    return (this.dashboard?.components ?? []).map(({ place, ...component }) => ({
      ...component,
      style: [
        `grid-column: ${place.column + 1} / span ${place.width}`,
        `grid-row: ${place.row + 1} / span ${place.height}`,
      ].join('; '),
    }));
  }
}
