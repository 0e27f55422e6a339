// Whether a mapping has anything to do with records that exist already.
import type { Draft } from 'c/fieldFit';

/** M9: only what fires on create and update of a lead can be applied to them. */
export const canApply = ({ rule, triggers, sellfireObject }: Draft): boolean =>
  rule !== 'DoNotSync' && rule !== '' && triggers.includes('createUpdate') && sellfireObject === 'lead';
