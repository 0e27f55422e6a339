// An e-mail to Sellfire's Enablement users: an owner change was refused (M14).
import { reportWrite } from './fields.ts';
import type { WriteKind, WriteOf } from './kind.ts';

export const alert: WriteKind<WriteOf<'alert'>> = {
  peer: 'sellfire',
  objectOf: () => null,
  settled() {
    // The refusal itself is reported already.
  },
  failed(draft, { leadId }, fault, at) {
    reportWrite(draft, { direction: 'ToSellfire', sellfireLeadId: leadId }, [], { at, event: 'OwnerChange' }, fault);
  },
};
