// The steps of the set-up and where each stands now. A step that is not done says what to do and names the action for it.
import CHECK_AGAIN from '@salesforce/label/c.Home_Check_Again';
import CONNECT from '@salesforce/label/c.Home_Connect';
import HOW from '@salesforce/label/c.Home_How';
import MAP_IT from '@salesforce/label/c.Home_Map_It';
import RUN_TEST from '@salesforce/label/c.Home_Run_Test';
import START from '@salesforce/label/c.Home_Start';
import BUSINESS from '@salesforce/label/c.Home_Step_Business';
import BUSINESS_HELP from '@salesforce/label/c.Home_Step_Business_Help';
import CONNECTED from '@salesforce/label/c.Home_Step_Connected';
import CONNECTED_HELP from '@salesforce/label/c.Home_Step_Connected_Help';
import PAGES from '@salesforce/label/c.Home_Step_Pages';
import PAGES_HELP from '@salesforce/label/c.Home_Step_Pages_Help';
import PHONE from '@salesforce/label/c.Home_Step_Phone';
import PHONE_HELP from '@salesforce/label/c.Home_Step_Phone_Help';
import RIGHTS from '@salesforce/label/c.Home_Step_Rights';
import RIGHTS_COUNT from '@salesforce/label/c.Home_Step_Rights_Count';
import RIGHTS_EXCESS from '@salesforce/label/c.Home_Step_Rights_Excess';
import RIGHTS_HELP from '@salesforce/label/c.Home_Step_Rights_Help';
import RIGHTS_UNKNOWN from '@salesforce/label/c.Home_Step_Rights_Unknown';
import STARTED from '@salesforce/label/c.Home_Step_Start';
import STARTED_HELP from '@salesforce/label/c.Home_Step_Start_Help';
import STATE from '@salesforce/label/c.Home_Step_State';
import STATE_HELP from '@salesforce/label/c.Home_Step_State_Help';
import TEST from '@salesforce/label/c.Home_Step_Test';
import TEST_AFTER_START from '@salesforce/label/c.Home_Step_Test_After_Start';
import TEST_FAILED from '@salesforce/label/c.Home_Step_Test_Failed';
import TEST_HELP from '@salesforce/label/c.Home_Step_Test_Help';
import type { HomeData, Right } from 'c/homeData';
import { fill } from 'c/labels';

export type SetupAction = 'connect' | 'check' | 'map' | 'activate' | 'test' | 'start';

export interface Step {
  id: string;
  label: string;
  /** `recommended` is to do as well, and nothing stops without it. */
  state: 'done' | 'todo' | 'recommended' | 'wrong';
  /** Blank where it is done and there is nothing to say. */
  help: string;
  action: SetupAction | undefined;
  actionLabel: string;
  /** Listed one by one beneath the step. */
  rights: readonly Right[];
}

type Draft = Pick<Step, 'id' | 'label' | 'state' | 'help'>;

export function stepsOf(home: HomeData): Step[] {
  const { bridge, mapped, pagesActivated, testPassed } = home;
  const state = bridge?.syncState;
  const isConnected = bridge?.connectedAs !== undefined && state !== 'Disconnected';
  const done = (is: boolean, otherwise: Step['state'] = 'todo'): Step['state'] => (is ? 'done' : otherwise);
  const step = (draft: Draft, action: SetupAction, actionLabel: string): Step => ({
    ...draft,
    help: draft.state === 'done' ? '' : draft.help,
    action: draft.state === 'done' || (asksBridge(action) && !isConnected) ? undefined : action,
    actionLabel,
    rights: [],
  });
  const map = (id: string, field: string, label: string, help: string, otherwise: Step['state']): Step =>
    step({ id, label, help, state: done(mapped.has(field), otherwise) }, 'map', MAP_IT);
  return [
    step({ id: 'connected', label: CONNECTED, help: CONNECTED_HELP, state: done(isConnected) }, 'connect', CONNECT),
    rightsStep(isConnected ? (bridge?.rights ?? []) : [], isConnected),
    map('phone', 'primary_phone_number', PHONE, PHONE_HELP, 'todo'),
    map('business', 'business_name', BUSINESS, BUSINESS_HELP, 'recommended'),
    map('state', 'state', STATE, STATE_HELP, 'recommended'),
    step({ id: 'pages', label: PAGES, help: PAGES_HELP, state: done(pagesActivated) }, 'activate', HOW),
    step(
      {
        id: 'start',
        label: STARTED,
        help: STARTED_HELP,
        state: done(['Running', 'Paused', 'StoreLost'].includes(state ?? '')),
      },
      'start',
      START,
    ),
    testStep(testPassed, state === 'Running'),
  ];
}

/** Nobody answers before a bridge is connected, so the button comes then. */
function asksBridge(action: SetupAction): boolean {
  return action === 'check' || action === 'start';
}

/** The test writes, so the bridge refuses it while the sync is not on. */
function testStep(passed: boolean | undefined, isRunning: boolean): Step {
  const [help, state] =
    passed === false
      ? ([TEST_FAILED, 'wrong'] as const)
      : ([isRunning ? TEST_HELP : TEST_AFTER_START, 'todo'] as const);
  const base = { id: 'test', label: TEST, actionLabel: RUN_TEST, rights: [] };
  if (passed === true) return { ...base, state: 'done', help: '', action: undefined };
  return { ...base, state, help, action: isRunning ? 'test' : undefined };
}

function rightsStep(rights: readonly Right[], isConnected: boolean): Step {
  const missing = rights.filter((right) => right.missing.length > 0);
  const excess = rights.filter((right) => right.excess.length > 0);
  const label = fill(RIGHTS_COUNT, rights.length - missing.length, rights.length);
  const action = isConnected ? 'check' : undefined;
  const base = { id: 'rights', label, action, actionLabel: CHECK_AGAIN, rights } as const;
  if (rights.length === 0) return { ...base, label: RIGHTS, state: 'todo', help: RIGHTS_UNKNOWN };
  if (missing.length > 0) return { ...base, state: 'wrong', help: RIGHTS_HELP };
  return { ...base, state: 'done', help: excess.length > 0 ? RIGHTS_EXCESS : '' };
}
