// A Salesforce record id in the parameters of a request, in any form that people supply, read as 18 characters.
import { z } from 'zod';
import { readRecordId } from '../model/recordId.ts';

export const idSchema = z.string().transform((text, context) => {
  const id = readRecordId(text);
  if (id !== null) return id;
  context.addIssue('is no Salesforce id');
  return z.NEVER;
});
