// `flexipage:tabset`, with a `flexipage:tab` for each of its tabs.
import { api, LightningElement } from 'lwc';
import { metadata } from '../../../client/shell.ts';

export default class Tabset extends LightningElement {
  @api page = '';
  @api properties: Record<string, string> = {};
  @api recordId: string | undefined;
  @api objectApiName: string | undefined;

  get tabs() {
    const page = metadata().pages.find(({ name }) => name === this.page || name.endsWith(`__${this.page}`));
    return (page?.regions[this.properties['tabs'] ?? ''] ?? []).map(({ identifier, properties }) => ({
      key: identifier,
      title: properties['title'] ?? '',
      body: properties['body'] ?? '',
      isActive: properties['active'] === 'true',
    }));
  }

  get active(): string {
    return this.tabs.find(({ isActive }) => isActive)?.key ?? '';
  }
}
