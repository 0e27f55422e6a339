// The gates of a pair whose values are kept in step, and those that every pair has: the last attempt, what waits, and where nothing
// stops it, why it has not begun.
import { say } from '../../model/message.ts';
import { takenBy } from '../link/claim.ts';
import { differencesOf, type Difference } from './differences.ts';
import { pass, skip, stop, type Gate } from './gate.ts';
import type { WhySituation } from './situation.ts';

export function updateGate({ config: { settings } }: WhySituation): Gate {
  const { updateInSalesforce, updateInSellfire } = settings;
  const mend = { page: 'settings' } as const;
  if (!updateInSalesforce && !updateInSellfire) return stop('update', say('whyUpdatesOff'), { mend });
  if (!updateInSalesforce) return stop('update', say('whyRecordsNotUpdated'), { mend });
  if (!updateInSellfire) return stop('update', say('whyLeadsNotUpdated'), { mend });
  return pass('update', say('whyUpdatesOn'));
}

export function attemptGate({ attempt }: Pick<WhySituation, 'attempt'>): Gate {
  if (!attempt) return skip('attempt', say('whyNoAttempt'));
  const { id, hasFailed, code, reason, at } = attempt;
  const more = { at, mend: { report: id } };
  return hasFailed
    ? stop('attempt', say('whyAttemptFailed', { code, reason }), more)
    : pass('attempt', say('whyAttemptSucceeded'), more);
}

export function fieldsGate(situation: WhySituation): { gate: Gate; differing: Difference[] } {
  const { total, differing } = differencesOf(situation);
  const count = differing.length;
  const gate =
    count === 0
      ? pass('fields', say('whyFieldsSame', { count: total }))
      : stop('fields', say('whyFieldsDiffer', { count, total }));
  return { gate, differing };
}

export function waitingGate({ pending, parked, link, pairing }: WhySituation): Gate {
  if (parked) return stop('waiting', say('whyParked', parked));
  if (pending > 0) return stop('waiting', say('whyChangesWait', { count: pending }));
  if (link?.waiting && pairing === 'toSalesforce')
    return stop('waiting', say('whyLinkWaits', { code: link.waiting.code }));
  return pass('waiting', say('whyNothingWaits'));
}

/** Nothing else stops the pair: what is missing is a change that sets it off. */
export function beginningGate(situation: WhySituation): Gate {
  const { pairing, record, records, lead, config } = situation;
  const mend = record ? { mend: { syncNow: record.id } } : {};
  if (pairing === 'named') {
    const holder = record && takenBy(situation, record.id);
    return stop('beginning', say('whyOnlyNamed', { lead: lead?.id ?? '' }), holder ? {} : mend);
  }
  if (pairing === 'toSalesforce') return stop('beginning', say('whyLeadNotBegun'));
  const isOfSale = (records[0]?.record?.fields[config.names.contactKey] ?? null) !== null;
  return stop('beginning', isOfSale ? say('whyOfSale') : say('whyRecordNotBegun'), mend);
}
