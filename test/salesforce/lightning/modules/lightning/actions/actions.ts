// `lightning/actions`. Source: LWC guide, "Create a Quick Action".

export class CloseActionScreenEvent extends CustomEvent<undefined> {
  constructor(init: EventInit = {}) {
    super('lightning__actionsclosescreen', { bubbles: true, composed: true, ...init });
  }
}
