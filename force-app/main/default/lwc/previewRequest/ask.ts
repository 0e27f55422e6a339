// Asks the bridge what a mapping would do to real records; saves no mapping.
import type { Draft, Findings } from 'c/fieldFit';
import { previewParameters } from 'c/mappingDraft';
import { tryRequest, type Asked } from 'c/requests';

export type Preview = Asked;

/** There is something to ask: a mapping that is dead, or off, changes no record. */
export const canPreview = ({ rule }: Draft, { dead }: Findings): boolean => dead.length === 0 && rule !== 'DoNotSync';

export function askPreview(draft: Draft, mappingId: string | undefined): Promise<Preview> {
  return tryRequest('PreviewMapping', previewParameters(draft, mappingId));
}
