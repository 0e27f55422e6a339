// Asks the bridge what a mapping would do to real records; saves no mapping.
import { toPageError, type PageError } from 'c/errors';
import type { Draft, Findings } from 'c/fieldFit';
import { previewParameters } from 'c/mappingDraft';
import { createRequest } from 'c/requests';

/** What came of asking: the id of the request, or why it could not be made. */
export interface Preview {
  id?: string;
  error?: PageError;
}

/** There is something to ask: a mapping that is dead, or off, changes no record. */
export const canPreview = ({ rule }: Draft, { dead }: Findings): boolean => dead.length === 0 && rule !== 'DoNotSync';

export async function askPreview(draft: Draft, mappingId: string | undefined): Promise<Preview> {
  try {
    return { id: await createRequest('PreviewMapping', previewParameters(draft, mappingId)) };
  } catch (error) {
    return { error: toPageError(error) };
  }
}
