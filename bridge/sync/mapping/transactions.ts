// Determines whether a demo or a sale writes anything in this configuration, and which records (M20–M25).
import type { SyncConfig } from '../../model/config.ts';
import { missingMappings } from './required.ts';
import { say, type Message } from '../../model/message.ts';

export interface TransactionParts {
  account: boolean;
  contact: boolean;
  opportunity: boolean;
  /** M20: the link moves to the Contact. */
  relinks: boolean;
}

/** A demo writes the parts that are switched on. A sale writes all parts as soon as one field is mapped to it. */
export function transactionParts({ settings, mappings }: SyncConfig, isSale: boolean): TransactionParts | undefined {
  const { accountAtDemo, opportunityAtDemo, connectionUpdate } = settings;
  if (isSale) {
    const mapped = mappings.some(
      (one) =>
        // A Lead is no record of a sale: its fields are written to the linked Lead.
        one.rule !== 'DoNotSync' && one.triggers.includes('sale') && one.salesforceObject !== 'Lead',
    );
    return mapped ? { account: true, contact: true, opportunity: true, relinks: connectionUpdate } : undefined;
  }
  if (!accountAtDemo && !opportunityAtDemo && !connectionUpdate) return undefined;
  return {
    account: accountAtDemo,
    contact: opportunityAtDemo || connectionUpdate,
    opportunity: opportunityAtDemo,
    relinks: connectionUpdate,
  };
}

/**
 * The moments at which the lead is connected to a Contact, as the beginning of a sentence; undefined where there is
 * none.
 */
export function momentsOfContact(config: SyncConfig): Message | undefined {
  const { opportunity = false, relinks = false } = transactionParts(config, false) ?? {};
  const demo =
    (opportunity && !missingMappings(config, 'opportunity')) || (relinks && !missingMappings(config, 'connection'));
  const sale = transactionParts(config, true)?.contact;
  if (demo && sale) return say('aDemoOrSale');
  return demo ? say('aDemo') : sale ? say('aSale') : undefined;
}
