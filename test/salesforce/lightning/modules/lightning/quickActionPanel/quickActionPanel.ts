// `lightning-quick-action-panel`: header, body and footer of an action that opens on a screen.
// Source: Component Library, "Quick Action Panel".
import { api, LightningElement } from 'lwc';

export default class QuickActionPanel extends LightningElement {
  @api header = '';
}
