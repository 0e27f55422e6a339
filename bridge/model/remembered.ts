// Remembers the answers of a pure function for the texts that it was asked last, in bounded memory.

/**
 * The function, with its answers kept. Two generations: when the young one is full it becomes the old one, and the old one
 * is forgotten; what is asked for moves to the young one. So at least the last `limit` different texts are known.
 * @param limit texts a generation; longer texts than `longest` characters are computed each time
 */
export function remembered<T>(
  answer: (text: string) => T,
  { limit, longest }: { limit: number; longest: number },
): (text: string) => T {
  let young = new Map<string, T>();
  let old = new Map<string, T>();
  return (text) => {
    if (text.length > longest) return answer(text);
    if (young.has(text)) return young.get(text) as T;
    const found = old.has(text) ? (old.get(text) as T) : answer(text);
    if (young.size >= limit) {
      old = young;
      young = new Map();
    }
    young.set(text, found);
    return found;
  };
}
