// Says that the session has ended, as Salesforce does over whatever page was open, and leads back to it.
import { LightningElement } from 'lwc';
import { say } from '../../../client/shell.ts';

export default class SessionEnded extends LightningElement {
  get words() {
    return {
      title: say('Your session has ended', 'La sesión ha finalizado'),
      text: say('You have to log in again to go on.', 'Debe iniciar la sesión de nuevo para continuar.'),
      logIn: say('Log In', 'Iniciar sesión'),
    };
  }

  override renderedCallback(): void {
    this.template?.querySelector<HTMLElement>('lightning-button')?.focus();
  }

  logIn(): void {
    const startURL = `${location.pathname}${location.search}`;
    location.assign(`/login?${new URLSearchParams({ startURL }).toString()}`);
  }
}
