// Work that is repeated while a page is open: the one place where components keep time.

/**
 * Calls again and again while the tab of the browser is in sight; a page that nobody sees asks for nothing, and asks at once
 * when somebody comes back to it.
 * @param milliseconds between the calls; the first comes after them
 * @returns stops it: call this when the component leaves the page
 */
export function every(milliseconds: number, call: () => void): () => void {
  // eslint-disable-next-line @lwc/lwc/no-async-operation -- whoever starts it gets the way to stop it, so it outlives no component
  const timer = setInterval(callInSight, milliseconds);
  document.addEventListener('visibilitychange', callInSight);
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', callInSight);
  };

  function callInSight(): void {
    if (document.visibilityState !== 'hidden') call();
  }
}
