// What the store keeps as text: changes, links and report rows. A text is written once, where the value is, and parsed once, where
// the value is needed; on its way through a thread or a socket it stays a text.
import { fastSchema } from '../lib/fastSchema.ts';
import { explain } from '../model/catalogue/catalogue.ts';
import { changeSchema, type Change } from '../model/change.ts';
import { BridgeError } from '../model/fault.ts';
import { linkSchema, type Link } from '../model/link.ts';
import { causeOf, reportSchema, type Report } from '../model/report.ts';
import { fieldTexts, linkBody, type WrittenLink } from './linkBody.ts';
import type { OutboxReport } from './store.ts';

const anyChange = fastSchema(changeSchema);
const anyLink = fastSchema(linkSchema);

/** What a dialect needs to know of a link, and the link as JSON, one revision higher than it was loaded. */
export interface LinkText extends Pick<
  Link,
  'leadId' | 'revision' | 'record' | 'accountId' | 'lostAccountId' | 'awaits' | 'ended'
> {
  body: string;
  /**
   * Known where the revision before is: its records are those of this one, it has not ended either, and neither awaits a record. Nothing is to be
   * claimed or given back then.
   */
  keepsRecords: boolean;
}

/** A saved link. */
export interface SavedLink {
  leadId: string;
  revision: number;
  /** Null where the reader said that it has this revision. */
  body: string | null;
}

export interface ReportText {
  /** UUID. */
  id: string;
  body: string;
}

/** @param before the revision that is saved, where it is known */
export function linkText(link: Link, before?: WrittenLink): { text: LinkText; saved: WrittenLink } {
  const saved = { ...link, revision: link.revision + 1 };
  const known = before?.link.revision === link.revision ? before : undefined;
  const texts = fieldTexts(link, known);
  const text = {
    leadId: link.leadId,
    revision: link.revision,
    record: link.record,
    accountId: link.accountId,
    lostAccountId: link.lostAccountId,
    awaits: link.awaits,
    ended: link.ended,
    body: linkBody(saved, texts),
    keepsRecords: known !== undefined && keepsRecords(link, known.link),
  };
  return { text, saved: { link: saved, texts } };
}

/** Whether nothing is to be claimed or given back where a link follows the one before. */
export const keepsRecords = (link: Link, before: Link): boolean =>
  !link.ended &&
  !before.ended &&
  !link.awaits &&
  !before.awaits &&
  link.record?.id === before.record?.id &&
  link.accountId === before.accountId &&
  link.lostAccountId === before.lostAccountId;

export function reportText({ id, ...report }: Report & { id: string }): ReportText {
  return { id, body: JSON.stringify(report) };
}

/** A row that this version cannot read, and why. */
export type UnreadRow = { code: string; reason: string };

/** @param isOurs the text was written by this version, as a value of this type: it is parsed and not judged again */
export function readChange(text: string, isOurs: boolean): Change | UnreadRow {
  const json: unknown = JSON.parse(text);
  if (isOurs) return json as Change;
  const read = anyChange().safeParse(json);
  return read.success ? read.data : causeOf(explain('CHANGE_UNREADABLE', { message: read.error.message }));
}

/** @throws BridgeError LINK_UNREADABLE */
export function readLink({ leadId, revision, body }: SavedLink): Link {
  const read = anyLink().safeParse(JSON.parse(body ?? 'null'));
  if (read.success) return { ...read.data, revision };
  throw new BridgeError(explain('LINK_UNREADABLE', { lead: leadId, cause: read.error.message }), {
    cause: read.error,
  });
}

/** @throws ZodError */
export const readReport = ({ id, body }: ReportText): OutboxReport => ({
  ...reportSchema.parse(JSON.parse(body)),
  id,
});
