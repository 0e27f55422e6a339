// `lightning/logger`: what the platform keeps for event monitoring is kept here for whoever looks at the page.

const MOST = 100;
export const logged: unknown[] = [];

export function log(message: unknown): void {
  logged.push(message);
  if (logged.length > MOST) logged.shift();
}
