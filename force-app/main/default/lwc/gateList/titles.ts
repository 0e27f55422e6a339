// What each gate asks, by the name that the bridge gives it.
import found from '@salesforce/label/c.Why_Gate_found';
import sync from '@salesforce/label/c.Why_Gate_sync';
import phoneMapped from '@salesforce/label/c.Why_Gate_phoneMapped';
import object from '@salesforce/label/c.Why_Gate_object';
import link from '@salesforce/label/c.Why_Gate_link';
import phone from '@salesforce/label/c.Why_Gate_phone';
import holder from '@salesforce/label/c.Why_Gate_holder';
import creation from '@salesforce/label/c.Why_Gate_creation';
import update from '@salesforce/label/c.Why_Gate_update';
import attempt from '@salesforce/label/c.Why_Gate_attempt';
import fields from '@salesforce/label/c.Why_Gate_fields';
import waiting from '@salesforce/label/c.Why_Gate_waiting';
import beginning from '@salesforce/label/c.Why_Gate_beginning';

export const TITLES: Readonly<Record<string, string>> = {
  found,
  sync,
  phoneMapped,
  object,
  link,
  phone,
  holder,
  creation,
  update,
  attempt,
  fields,
  waiting,
  beginning,
};
