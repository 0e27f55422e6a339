// A Salesforce record id in the parameters of a request.
import { z } from 'zod';

export const idSchema = z.string().regex(/^[a-zA-Z0-9]{15}(?:[a-zA-Z0-9]{3})?$/, 'is no Salesforce id');
