// Waits for work no longer than a while; the work itself goes on.

/**
 * @param late what it is then, after `ms` milliseconds
 * @throws what the work throws
 */
export async function within<T>(ms: number, work: Promise<T>, late: () => T): Promise<T> {
  const deadline = Promise.withResolvers<T>();
  const timer = setTimeout(() => deadline.resolve(late()), ms);
  try {
    return await Promise.race([work, deadline.promise]);
  } finally {
    clearTimeout(timer);
  }
}
