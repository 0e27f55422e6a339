// What a Field_Mapping__c is, in which section of the table it stands, and how its status looks.
import type { Other, SellfireField } from 'c/fieldFit';
import { labels } from './labels';

/** A Field_Mapping__c. */
export interface MappingRecord extends Other {
  /** `FM-00001` */
  name: string;
  /** As the bridge wrote them; blank before it did. */
  status: string;
  reason: string;
  lastModifiedDate: string;
}

/** `unread` before Sellfire's fields are known, `gone` where Sellfire does not have the field. */
export type Section = 'unread' | 'system' | 'custom' | 'gone';
export type Status = 'ok' | 'warning' | 'issue' | 'off' | 'unchecked';

export const SIGNS: Readonly<Record<Status, { text: string; icon: string; variant: string }>> = {
  ok: { text: labels.ok, icon: 'utility:success', variant: 'success' },
  warning: { text: labels.warning, icon: 'utility:warning', variant: 'warning' },
  issue: { text: labels.issue, icon: 'utility:error', variant: 'error' },
  off: { text: labels.off, icon: 'utility:ban', variant: '' },
  unchecked: { text: labels.unchecked, icon: 'utility:clock', variant: '' },
};

export function statusOf({ rule, status, reason }: MappingRecord): Status {
  if (rule === 'DoNotSync') return 'off';
  if (status === 'Issue') return 'issue';
  if (status !== 'Ok') return 'unchecked';
  return reason === '' ? 'ok' : 'warning';
}

export function sectionOf(sellfire: SellfireField | undefined, isRead: boolean): Section {
  if (!isRead) return 'unread';
  if (!sellfire) return 'gone';
  return sellfire.custom ? 'custom' : 'system';
}
