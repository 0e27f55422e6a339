// `lightning/pageReferenceUtils`. Source: LWC guide, "Navigate to a Record's Create Page with Default Field Values".

export function encodeDefaultFieldValues(values: Record<string, unknown>): string {
  return Object.entries(values)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`)
    .join(',');
}

export function decodeDefaultFieldValues(text: string): Record<string, string> {
  return Object.fromEntries(
    text
      .split(',')
      .filter(Boolean)
      .map((part) => {
        const [name = '', ...value] = part.split('=');
        return [decodeURIComponent(name), decodeURIComponent(value.join('='))];
      }),
  );
}
