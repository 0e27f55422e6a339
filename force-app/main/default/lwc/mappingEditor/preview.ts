// Asks the bridge what a mapping would do to real records; saves no mapping.
import { toPageError, type PageError } from 'c/errors';
import type { Draft } from 'c/fieldFit';
import { previewParameters } from 'c/mappingDraft';
import { createRequest } from 'c/requests';

/** @returns the id of the request, or why it could not be made */
export async function askPreview(
  draft: Draft,
  mappingId: string | undefined,
): Promise<{ id?: string; error?: PageError }> {
  try {
    return { id: await createRequest('PreviewMapping', previewParameters(draft, mappingId)) };
  } catch (error) {
    return { error: toPageError(error) };
  }
}
