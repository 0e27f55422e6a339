// What went wrong, as one sentence for whoever looks at the page.
import type { FetchError } from './http.ts';
import { refusalOf } from './forms.ts';

export function problemOf(error: unknown): string {
  if (error instanceof Error) return error.message;
  const { messages, fields } = refusalOf((error as FetchError).body);
  return [...messages, ...Object.values(fields)].join(' ');
}
