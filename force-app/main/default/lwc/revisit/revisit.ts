// Whether what a page is given first may be old. Salesforce remembers the answer to a query while the tab of the browser lives,
// and gives it to whoever comes back, whatever was saved on another page meanwhile.

const seen = new Set<string>();

/** Of the page itself, asked once for each time that it is opened: true where it is to be read again. */
export function isRevisit(page: string): boolean {
  const isSeen = seen.has(page);
  seen.add(page);
  return isSeen;
}
