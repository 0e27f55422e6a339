// How the bridge is connected to this org: by its own page where its address is known, and by three steps where it is not.
import BAD from '@salesforce/label/c.Home_Connect_Bad';
import CLOSE from '@salesforce/label/c.Page_Close';
import SETTINGS from '@salesforce/label/c.Home_Go_Settings';
import HEADLESS from '@salesforce/label/c.Home_Connect_Headless';
import OPEN from '@salesforce/label/c.Home_Connect_Open';
import STEP_1 from '@salesforce/label/c.Home_Connect_Step_1';
import STEP_2 from '@salesforce/label/c.Home_Connect_Step_2';
import STEP_3 from '@salesforce/label/c.Home_Connect_Step_3';
import WITH from '@salesforce/label/c.Home_Connect_With';
import WITHOUT from '@salesforce/label/c.Home_Connect_Without';
import { fill } from 'c/labels';
import { address } from 'c/navigate';
import LightningModal from 'lightning/modal';
import { api } from 'lwc';

/** Closes with `open` or `settings`, for the page to go there: a dialog cannot navigate; with nothing when dismissed. */
export default class ConnectDialog extends LightningModal {
  /** `Bridge_Address__c` of the settings. */
  @api bridgeAddress: string | undefined;

  labels = { BAD, CLOSE, HEADLESS, OPEN, SETTINGS, WITHOUT };
  steps = [STEP_1, STEP_2, STEP_3];
  commands = { connectWeb: 'npm run bridge -- connect web', connectJwt: 'npm run bridge -- connect jwt' };

  get isKnown(): boolean {
    return this.bridgeAddress !== undefined && address(this.bridgeAddress) !== undefined;
  }

  get isBad(): boolean {
    return this.bridgeAddress !== undefined && !this.isKnown;
  }

  get explanation(): string {
    return fill(WITH, this.bridgeAddress);
  }

  open(): void {
    this.close('open');
  }

  openSettings(): void {
    this.close('settings');
  }

  leave(): void {
    this.close();
  }
}
