// `lightning/platformShowToastEvent`: an event that the shell answers with a toast.
// Source: LWC guide, "Toast Notification".

export interface ToastInit {
  title: string;
  message?: string;
  messageData?: (string | { url: string; label: string })[];
  variant?: 'info' | 'success' | 'warning' | 'error';
  mode?: 'dismissible' | 'dismissable' | 'pester' | 'sticky';
}

export class ShowToastEvent extends CustomEvent<ToastInit> {
  constructor(init: ToastInit) {
    super('lightning__showtoast', { bubbles: true, composed: true, cancelable: true, detail: init });
  }
}
