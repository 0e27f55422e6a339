// The 14 phases of a lead in a sales cycle, spelled as both systems spell them (M15), in the order of the picklist.
import { z } from 'zod';

export const PHASES = [
  'ColdCallCold',
  'ColdCallWorkingNum',
  'ColdCallNDM',
  'ColdCallDM',
  'HeldPhase',
  'PostInitialHelPhaseDemoNotHeld',
  'PostHoldPhase',
  'RestingColdCall',
  'LongRestingColdCall',
  'Resting',
  'LongResting',
  'RetiredColdCall',
  'Retired',
  'Customer',
] as const;

export const phaseSchema = z.enum(PHASES);
export type Phase = z.infer<typeof phaseSchema>;
