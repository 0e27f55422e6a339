// One planted fault for everything that a gate promises: how to break the package, and what the gate must say.
import { ACCESS_FAULTS } from './faults/access.ts';
import { BUNDLES_FAULTS } from './faults/bundles.ts';
import { DATA_FAULTS } from './faults/data.ts';
import { FLOWS_FAULTS } from './faults/flows.ts';
import { PAGES_FAULTS } from './faults/pages.ts';
import { RELEASE_FAULTS } from './faults/release.ts';
import { SOURCE_FAULTS } from './faults/source.ts';
import { TEXTS_FAULTS } from './faults/texts.ts';
import { WORDS_FAULTS } from './faults/words.ts';
import type { PackageCopy } from './plant.ts';

export interface PlantedFault {
  gate: string;
  what: string;
  plant(copy: PackageCopy): Promise<void>;
  says: RegExp;
}

export const FAULTS: readonly PlantedFault[] = [
  ...SOURCE_FAULTS,
  ...FLOWS_FAULTS,
  ...ACCESS_FAULTS,
  ...PAGES_FAULTS,
  ...BUNDLES_FAULTS,
  ...DATA_FAULTS,
  ...RELEASE_FAULTS,
  ...TEXTS_FAULTS,
  ...WORDS_FAULTS,
];
