// The input of the decision about a demo or a sale: the lead, its link, the configuration and the look-ups (M20–M25).
import type { SyncConfig } from '../../model/config.ts';
import type { Lead } from '../../model/lead.ts';
import type { Link } from '../../model/link.ts';
import type { Sale } from '../../model/sale.ts';
import type { SaleFound } from '../../model/saleTransaction.ts';

export interface TransactionSituation {
  config: SyncConfig;
  lead: Lead;
  link: Link | undefined;
  found: SaleFound;
  /** Contacts of other leads: by id, the lead whose link has it. */
  taken: ReadonlyMap<string, string>;
  /** An earlier attempt may have made the records. */
  isRepeated: boolean;
  /** Present for a sale. */
  sale: Sale | undefined;
  /** The day of the demo, or of the sale, as `2026-11-24`. */
  closeDate: string;
}
