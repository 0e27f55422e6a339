// Users of the simulated org that are reps of Sellfire.
/** The time zones of the reps' own users (IANA name by user id). */
export const ZONES: Readonly<Record<string, string>> = {
  '005000000000011AAA': 'Pacific/Auckland',
  '005000000000012AAA': 'America/New_York',
};
