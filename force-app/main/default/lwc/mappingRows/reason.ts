// Why a mapping is as the bridge says (M8), in the language of the reader. The bridge writes English; the page passes the same
// judgement and has labels for it. Where the two differ, because the reader sees other fields than the connected user, the
// bridge's words stand alone: the verdict is always the bridge's.
import LANGUAGE from '@salesforce/i18n/lang';
import { judge, type Beside, type Fields, type Other } from 'c/fieldFit';
import { sentence } from 'c/mappingTexts';

interface Words {
  reason: string;
  /** Of the reason, where it is not the language of the page. */
  language: string | undefined;
}

export function wordsOf(mapping: Other & { status: string; reason: string }, fields: Fields, beside: Beside): Words {
  const { status, reason } = mapping;
  // What the page does not see may be read later, hidden from the reader, or gone: the bridge knows which.
  const isSeen = fields.sellfire !== undefined && fields.salesforce !== undefined;
  const isEnglish = LANGUAGE.startsWith('en');
  const english = { reason, language: isEnglish || reason === '' ? undefined : 'en' };
  if (reason === '' || !isSeen || isEnglish) return english;
  const { dead, issues, warnings } = judge(mapping, fields, beside);
  const own = [...dead, ...issues, ...warnings];
  const agrees = own.length > 0 && (status === 'Issue') === dead.length + issues.length > 0;
  return agrees ? { reason: own.map(sentence).join(' '), language: undefined } : english;
}
