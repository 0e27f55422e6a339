// The price book of the simulated org.
import type { PriceCandidate } from '../../bridge/model/saleTransaction.ts';

/** Oldest first: an item has one of these codes, and the name of another product. */
export const PRICES: PriceCandidate[] = [
  { entryId: '01uOTHER', pricebookId: '01s', code: 'OTHER', name: 'Plan' },
  { entryId: '01uPRO', pricebookId: '01s', code: 'Pro', name: 'Professional' },
  { entryId: '01uLITE', pricebookId: '01s', code: 'LITE', name: 'Light' },
];
