// What an administrator can do with the sync as it is now, and who set it so and when.
import CHECK from '@salesforce/label/c.Home_Check';
import CONNECT from '@salesforce/label/c.Home_Connect';
import DISCONNECT from '@salesforce/label/c.Home_Disconnect';
import PAUSE from '@salesforce/label/c.Home_Pause';
import RESTORE from '@salesforce/label/c.Home_Restore';
import RESUME from '@salesforce/label/c.Home_Resume';
import SINCE from '@salesforce/label/c.Home_Since';
import SOMEBODY from '@salesforce/label/c.Home_Somebody';
import START from '@salesforce/label/c.Home_Start';
import DISCONNECTED from '@salesforce/label/c.Home_Sync_Disconnected';
import NOT_CONNECTED from '@salesforce/label/c.Home_Sync_Not_Connected';
import NOT_STARTED from '@salesforce/label/c.Home_Sync_Not_Started';
import ON from '@salesforce/label/c.Home_Sync_On';
import PAUSED from '@salesforce/label/c.Home_Sync_Paused';
import STORE_LOST from '@salesforce/label/c.Home_Sync_Store_Lost';
import { ago, exact } from 'c/format';
import type { Bridge } from 'c/homeData';
import { fill } from 'c/labels';
import { api, LightningElement } from 'lwc';

export type SyncAction = 'connect' | 'start' | 'pause' | 'resume' | 'restore' | 'check' | 'disconnect';

const ACTION_LABELS: Readonly<Record<SyncAction, string>> = {
  connect: CONNECT,
  start: START,
  pause: PAUSE,
  resume: RESUME,
  restore: RESTORE,
  check: CHECK,
  disconnect: DISCONNECT,
};
const STATES: Readonly<Record<string, { label: string; icon: string; actions: readonly SyncAction[] }>> = {
  Running: { label: ON, icon: 'utility:success', actions: ['pause', 'check', 'disconnect'] },
  Paused: { label: PAUSED, icon: 'utility:pause', actions: ['resume', 'check', 'disconnect'] },
  NotStarted: { label: NOT_STARTED, icon: 'utility:stop', actions: ['start', 'check', 'disconnect'] },
  StoreLost: { label: STORE_LOST, icon: 'utility:warning', actions: ['restore', 'check', 'disconnect'] },
  Disconnected: { label: DISCONNECTED, icon: 'utility:ban', actions: ['connect'] },
};

/** Before the first heartbeat. */
const NEW: (typeof STATES)[string] = { label: NOT_CONNECTED, icon: 'utility:routing_offline', actions: ['connect'] };

/** @fires choose with a SyncAction as detail */
export default class SyncMenu extends LightningElement {
  @api bridge: Bridge | undefined;

  get state(): (typeof STATES)[string] {
    if (!this.bridge) return NEW;
    return (
      STATES[this.bridge.syncState ?? 'Running'] ?? {
        label: ON,
        icon: 'utility:success',
        actions: ['check', 'disconnect'],
      }
    );
  }

  get actions(): { value: SyncAction; label: string }[] {
    return this.state.actions.map((value) => ({ value, label: ACTION_LABELS[value] }));
  }

  /** Blank where nobody ever set it. */
  get since(): string {
    const { syncStateAt, syncStateBy } = this.bridge ?? {};
    return syncStateAt ? fill(SINCE, syncStateBy ?? SOMEBODY, ago(syncStateAt, Date.now())) : '';
  }

  get exactly(): string {
    return exact(this.bridge?.syncStateAt);
  }

  choose(event: CustomEvent<{ value: SyncAction }>): void {
    this.dispatchEvent(new CustomEvent('choose', { detail: event.detail.value }));
  }
}
