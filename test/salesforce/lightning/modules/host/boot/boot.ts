// Starts the shell once the metadata are there.
import { createElement } from 'lwc';
import App from 'host/app';
import SessionEnded from 'host/sessionEnded';
import { connectTo } from '../../../client/http.ts';
import { startNavigation } from '../../../client/navigation.ts';
import { readShell, session } from '../../../client/shell.ts';

export async function start(): Promise<void> {
  await readShell();
  let hasEnded = false;
  connectTo({
    base: `/services/data/v${session.apiVersion}`,
    onSessionEnd() {
      if (hasEnded) return;
      hasEnded = true;
      // After everything else, the dialogs of components too.
      document.body.append(createElement('host-session-ended', { is: SessionEnded }));
    },
  });
  startNavigation();
  document.querySelector('#app')?.append(createElement('host-app', { is: App }));
}
