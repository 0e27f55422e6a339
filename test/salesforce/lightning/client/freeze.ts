// What the platform's data modules hand out cannot be changed; a component that tries fails here as it does there.

export function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) frozen(inner);
  }
  return value;
}

/** By what they hold, whatever the order of their keys. */
export function isSame(left: unknown, right: unknown): boolean {
  if (Object.is(left, right)) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  if (Array.isArray(left) !== Array.isArray(right)) return false;
  const [own, other] = [Object.keys(left), Object.keys(right)];
  return (
    own.length === other.length &&
    own.every((key) => isSame((left as Record<string, unknown>)[key], (right as Record<string, unknown>)[key]))
  );
}
