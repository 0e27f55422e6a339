// `lightning-messages`: what is wrong with a record as a whole, inside its form. Source: Component Library, "Messages".
import { LightningElement } from 'lwc';
import { messagesEvent } from '../../../client/forms.ts';

export default class Messages extends LightningElement {
  messages: readonly string[] = [];

  override connectedCallback(): void {
    this.dispatchEvent(messagesEvent({ show: (messages) => void (this.messages = messages) }));
  }

  get items() {
    return this.messages.map((text, index) => ({ key: String(index), text }));
  }

  get hasAny(): boolean {
    return this.messages.length > 0;
  }
}
