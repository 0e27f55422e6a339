// How the record pages are activated, which only a person can do and say: no app can see it.
import CANCEL from '@salesforce/label/c.Page_Cancel';
import DONE from '@salesforce/label/c.Home_Activate_Done';
import STEP_1 from '@salesforce/label/c.Home_Activate_Step_1';
import STEP_2 from '@salesforce/label/c.Home_Activate_Step_2';
import STEP_3 from '@salesforce/label/c.Home_Activate_Step_3';
import { toPageError, type PageError } from 'c/errors';
import { inputOf } from 'c/records';
import LightningModal from 'lightning/modal';
import { createRecord, updateRecord } from 'lightning/uiRecordApi';
import { api } from 'lwc';

/** What the one row of settings is called where the page makes it. */
const SETTINGS_NAME = 'Sellfire';

/** Closes with true when the reader says that they are activated. */
export default class ActivateDialog extends LightningModal {
  /** Of the Sync Settings; undefined where none were saved yet. */
  @api settingsId: string | undefined;

  error: PageError | undefined;
  saving = false;
  labels = { CANCEL, DONE };
  steps = [STEP_1, STEP_2, STEP_3];

  async confirm(): Promise<void> {
    this.saving = true;
    this.error = undefined;
    try {
      if (this.settingsId) await updateRecord(inputOf({ Id: this.settingsId, Pages_Activated__c: true }));
      else await createRecord(inputOf({ Name: SETTINGS_NAME, Pages_Activated__c: true }, 'Sync_Settings__c'));
      this.close(true);
    } catch (error) {
      this.error = toPageError(error);
    }
    this.saving = false;
  }

  leave(): void {
    this.close();
  }
}
