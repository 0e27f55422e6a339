// What a save that failed means for whoever pressed Save: what was chosen is kept in every case.
import { toPageError } from 'c/errors';
import { fill } from 'c/mappingTexts';
import { labels } from './labels';

export interface Failure {
  kind: 'conflict' | 'gone' | 'session' | 'refused';
  text: string;
  /** What to do about it, and the code for support; blank where the text says it. */
  action: string;
}

export function toFailure(error: unknown): Failure {
  const { kind, sentence, action } = toPageError(error);
  if (kind === 'conflict') return { kind: 'conflict', text: sentence, action: '' };
  if (kind === 'session') return { kind: 'session', text: labels.session, action: '' };
  if (kind === 'gone') return { kind: 'gone', text: labels.gone, action: '' };
  return { kind: 'refused', text: fill(labels.refused, sentence), action };
}
