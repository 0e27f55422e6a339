// Opens the dialog that does reports again.
import TITLE from '@salesforce/label/c.Report_Repush_Title';
import RepushDialog from 'c/repushDialog';
import type { RequestState } from 'c/requests';

/** @returns whether something was repushed */
export async function repush(parameters: object): Promise<boolean> {
  const state = await RepushDialog.open<RequestState>({ label: TITLE, size: 'small', parameters });
  return state !== undefined;
}
