// Sends an e-mail to Sellfire's Enablement users about a refused change of owner (M14).
import { reportWrite } from './fields.ts';
import type { WriteKind, WriteOf } from './kind.ts';

export const alert: WriteKind<WriteOf<'alert'>> = {
  peer: 'sellfire',
  objectOf: () => null,
  settled() {
    // The refusal itself was reported when it was decided.
  },
  failed(draft, { leadId }, fault, at) {
    reportWrite(draft, { direction: 'ToSellfire', sellfireLeadId: leadId }, [], { at, event: 'OwnerChange' }, fault);
  },
};
