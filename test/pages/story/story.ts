// The whole story, in order.
import type { Chapter } from './chapter.ts';
import { CONNECT } from './connect.ts';
import { MAP } from './map.ts';
import { START } from './start.ts';
import { STEER } from './steer.ts';
import { WORK } from './work.ts';

export const CHAPTERS: readonly Chapter[] = [CONNECT, MAP, START, WORK, STEER];

/** Those that need nothing but a sync that runs. */
export const ALONE: readonly Chapter[] = [STEER];
