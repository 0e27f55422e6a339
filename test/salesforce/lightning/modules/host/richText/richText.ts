// `flexipage:richText`.
import { api, LightningElement } from 'lwc';

export default class RichText extends LightningElement {
  @api properties: Record<string, string> = {};

  get text(): string {
    return this.properties['richTextValue'] ?? '';
  }

  get className(): string {
    return this.properties['decorate'] === 'true' ? 'slds-card slds-p-around_small' : '';
  }
}
