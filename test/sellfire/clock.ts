// The time as the server sees it: ms since the epoch. Tests hand in their own.
export type Clock = () => number;
