// Fields without some of them, whatever they hold.

export const omit = <Value>(fields: Readonly<Record<string, Value>>, names: readonly string[]): Record<string, Value> =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));
