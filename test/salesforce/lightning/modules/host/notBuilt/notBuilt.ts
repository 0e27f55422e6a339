// Stands in the place of what the platform has and this host has not, so that nobody takes an empty place for a page.
import { api, LightningElement } from 'lwc';

export default class NotBuilt extends LightningElement {
  @api message = '';
}
