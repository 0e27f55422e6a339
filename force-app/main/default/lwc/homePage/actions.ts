// What each action of the Home page opens, and where it leads afterwards.
import ACTIVATE_TITLE from '@salesforce/label/c.Home_Activate_Title';
import CHECK from '@salesforce/label/c.Home_Check';
import CHECK_CONSEQUENCE from '@salesforce/label/c.Home_Check_Consequence';
import CONNECT_TITLE from '@salesforce/label/c.Home_Connect_Title';
import DISCONNECT from '@salesforce/label/c.Home_Disconnect';
import DISCONNECT_CONSEQUENCE from '@salesforce/label/c.Home_Disconnect_Consequence';
import PAUSE from '@salesforce/label/c.Home_Pause';
import PAUSE_CONSEQUENCE from '@salesforce/label/c.Home_Pause_Consequence';
import RESTORE from '@salesforce/label/c.Home_Restore';
import RESTORE_CONSEQUENCE from '@salesforce/label/c.Home_Restore_Consequence';
import RESUME from '@salesforce/label/c.Home_Resume';
import RESUME_CONSEQUENCE from '@salesforce/label/c.Home_Resume_Consequence';
import RESUME_NONE from '@salesforce/label/c.Home_Resume_Consequence_None';
import RESUME_ONE from '@salesforce/label/c.Home_Resume_Consequence_One';
import START_TITLE from '@salesforce/label/c.Home_Start_Title';
import TEST_TITLE from '@salesforce/label/c.Home_Test_Title';
import ActivateDialog from 'c/activateDialog';
import ConnectDialog from 'c/connectDialog';
import { number } from 'c/format';
import type { HomeData } from 'c/homeData';
import { counted } from 'c/labels';
import RequestDialog from 'c/requestDialog';
import type { RequestType } from 'c/requests';
import StartDialog from 'c/startDialog';
import TestDialog from 'c/testDialog';

export type HomeAction =
  'connect' | 'start' | 'pause' | 'resume' | 'restore' | 'check' | 'disconnect' | 'map' | 'activate' | 'test';

/** Where to go afterwards; undefined to stay. */
export type Next = 'mappings' | 'settings' | 'bridge' | undefined;

const size = 'small';

const ACTIONS: Readonly<Record<HomeAction, (home: HomeData) => Promise<Next>>> = {
  map: () => Promise.resolve('mappings'),
  async connect({ bridgeAddress }) {
    const answer = await ConnectDialog.open<'open' | 'settings'>({ label: CONNECT_TITLE, size, bridgeAddress });
    return answer === 'open' ? 'bridge' : answer;
  },
  async start() {
    await StartDialog.open({ label: START_TITLE, size: 'medium' });
    return undefined;
  },
  async test() {
    await TestDialog.open({ label: TEST_TITLE, size });
    return undefined;
  },
  async activate({ settingsId }) {
    await ActivateDialog.open({ label: ACTIVATE_TITLE, size, settingsId });
    return undefined;
  },
  pause: () => ask('Pause', PAUSE, PAUSE_CONSEQUENCE),
  resume: ({ bridge }) => ask('Resume', RESUME, resumeConsequence(bridge?.pending ?? 0)),
  restore: () => ask('RestoreLinks', RESTORE, RESTORE_CONSEQUENCE),
  check: () => ask('CheckSetup', CHECK, CHECK_CONSEQUENCE),
  disconnect: () => ask('Disconnect', DISCONNECT, DISCONNECT_CONSEQUENCE, true),
};

function resumeConsequence(pending: number): string {
  return pending === 0 ? RESUME_NONE : counted(pending, RESUME_ONE, RESUME_CONSEQUENCE, number(pending));
}

export function act(action: HomeAction, home: HomeData): Promise<Next> {
  return ACTIONS[action](home);
}

async function ask(type: RequestType, label: string, consequence: string, destructive = false): Promise<Next> {
  await RequestDialog.open({ label, size, type, consequence, confirmLabel: label, destructive });
  return undefined;
}
