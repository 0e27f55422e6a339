// All gates of the package, in the order in which a reader wants to read their findings, and how they are run.
import type { Gate, GateResult } from './gate.ts';
import { allocationsGate } from './gates/allocations.ts';
import { apexGate } from './gates/apex.ts';
import { bundlesGate } from './gates/bundles.ts';
import { componentsGate } from './gates/components.ts';
import { conversionGate } from './gates/conversion.ts';
import { flowLintGate } from './gates/flowLint.ts';
import { flowsGate } from './gates/flows.ts';
import { foreverGate } from './gates/forever.ts';
import { historyGate } from './gates/history.ts';
import { keysGate } from './gates/keys.ts';
import { namesGate } from './gates/names.ts';
import { pagesGate } from './gates/pages.ts';
import { permissionsGate } from './gates/permissions.ts';
import { picklistsGate } from './gates/picklists.ts';
import { reloadGate } from './gates/reload.ts';
import { rulesGate } from './gates/rules.ts';
import { shapeGate } from './gates/shape.ts';
import { storedGate } from './gates/stored.ts';
import { textsGate } from './gates/texts.ts';
import { translationsGate } from './gates/translations.ts';
import { wordsGate } from './gates/words.ts';
import type { PackageSource } from './source.ts';

export const GATES: readonly Gate[] = [
  shapeGate,
  conversionGate,
  flowsGate,
  flowLintGate,
  reloadGate,
  permissionsGate,
  pagesGate,
  componentsGate,
  bundlesGate,
  picklistsGate,
  storedGate,
  rulesGate,
  keysGate,
  historyGate,
  allocationsGate,
  foreverGate,
  textsGate,
  wordsGate,
  translationsGate,
  namesGate,
  apexGate,
];

/** Runs a gate. One that finds nothing to check has a problem: its promise would hold of an empty folder. */
export async function runGate(gate: Gate, source: PackageSource): Promise<GateResult> {
  const { checked, unit, problems } = await gate.check(source);
  return { checked, unit, problems: checked === 0 ? [...problems, `no ${unit} found`] : problems };
}
