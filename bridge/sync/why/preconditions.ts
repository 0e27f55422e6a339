// The gates before any value matters: the two sides are there, sync runs, the objects are mapped, and the pair is linked.
import { explain } from '../../model/catalogue/catalogue.ts';
import { say } from '../../model/message.ts';
import type { SyncState } from '../../model/syncState.ts';
import { takenBy } from '../link/claim.ts';
import { isConverted } from '../link/conversion.ts';
import { unreadIds } from '../link/suppliedRecord.ts';
import { isPhoneMapped, mappedFields } from '../mapping/rules.ts';
import { pass, skip, stop, type Gate } from './gate.ts';
import type { WhySituation } from './situation.ts';

/** @returns undefined (and a need) while a record that cannot be read is looked for */
export function foundGate({ lead, leadId, records, look, link, record }: WhySituation): Gate | undefined {
  if (leadId !== null && !lead) return stop('found', say('whyLeadUnknown', { id: leadId }));
  // Of an ended link one side is gone; the link says so.
  const hidden = records.find((one) => one.record === null && (!link?.ended || one.id === record?.id));
  if (hidden) {
    const { object, id } = hidden;
    const known = look.recordState(object, id);
    if (!known) return undefined;
    if (known.state === 'merged')
      return stop('found', say('whyMerged', { object, id, into: known.into }), { mend: { record: known.into } });
    if (known.state === 'deleted') return stop('found', say('whyDeleted', { object, id }));
    return stop('found', explain('RECORD_NOT_VISIBLE', { object, id }));
  }
  if (lead && lead.deleted_at !== null && !link?.ended) return stop('found', explain('LEAD_GONE'));
  const [first] = records;
  if (lead && first) return pass('found', say('whyFoundBoth', { object: first.object }));
  return pass('found', first ? say('whyFoundRecord', { object: first.object }) : say('whyFoundLead'));
}

export function syncGate({ state, by, at }: SyncState): Gate {
  const mend = { page: 'home' } as const;
  switch (state) {
    case 'Running':
      return pass('sync', say('whySyncRuns'));
    case 'NotStarted':
      return stop('sync', say('whyNotStarted'), { mend });
    case 'Paused':
      return stop('sync', say('whyPaused', { by }), { mend, at });
    case 'Disconnected':
      return stop('sync', say('whyDisconnected', { by }), { mend, at });
    case 'StoreLost':
      return stop('sync', say('storeLost'), { mend, at });
  }
}

export const phoneMappedGate = ({ config }: Pick<WhySituation, 'config'>): Gate =>
  isPhoneMapped(config)
    ? pass('phoneMapped', say('whyPhoneMapped'))
    : stop('phoneMapped', say('phoneNotMapped'), { mend: { page: 'mappings' } });

export function objectGate({ config, records }: WhySituation): Gate {
  const objects = records.length > 0 ? records.map(({ object }) => object) : ['Lead'];
  const unmapped = objects.find((object) => mappedFields(config, [object]).length === 0);
  if (unmapped !== undefined)
    return stop('object', say('whyObjectUnmapped', { object: unmapped }), { mend: { page: 'mappings' } });
  const count = mappedFields(config, objects).length;
  return pass('object', say('whyObjectMapped', { count, object: objects.join(', ') }));
}

export function linkGate(situation: WhySituation): Gate {
  const { link, lead, record, records, pairing } = situation;
  if (link?.ended) return stop('link', explain('LINK_ENDED.command'), { at: link.ended.at });
  if (link?.awaits) {
    const { id } = link.awaits;
    const holder = takenBy(situation, id);
    const why = { id, lead: link.leadId, holder: holder ?? '' };
    return stop('link', explain('RECORD_CLAIMED', why), holder === undefined ? {} : { mend: { lead: holder } });
  }
  if (record && link?.record && link.left?.includes(record.id))
    return stop('link', say('whyMovedOn', link.record), { mend: { record: link.record.id } });
  if (pairing === 'linked' && link) {
    const { object, id } = link.record ?? { object: 'Account', id: link.accountId ?? '' };
    return pass('link', say('whyLinked', { object, id, lead: link.leadId }));
  }
  const fields = records[0]?.record?.fields ?? {};
  if (record && isConverted(record.object, fields)) {
    const contact = fields['ConvertedContactId'];
    return stop('link', say('whyConverted'), typeof contact === 'string' ? { mend: { record: contact } } : {});
  }
  const [unread] = lead ? unreadIds(lead) : [];
  if (unread && pairing === 'toSalesforce') return stop('link', unread);
  return skip('link', say('whyNotLinked'));
}
