// The gates of a pair of which one side has nothing yet: its phone identifies it, nobody else has the number, and the other side takes
// new ones. Each asks the function by which the creation itself is decided (M17, M18).
import type { Explanation } from '../../model/catalogue/entry.ts';
import { say } from '../../model/message.ts';
import { takenBy } from '../link/claim.ts';
import { creationPause } from '../link/creationPause.ts';
import { heldByRecords, missingForCreation } from '../link/recordCreation.ts';
import { heldByLead, isOfContact } from '../link/newLead.ts';
import { holdersOf, phoneOf, phoneOfLead, type PhoneFound } from '../mapping/phone.ts';
import { pass, skip, stop, type Gate, type Mend } from './gate.ts';
import type { WhySituation } from './situation.ts';

/** @returns undefined (and needs) while it is looked up who has the number */
export function creationGates(situation: WhySituation): Gate[] | undefined {
  const phone = phoneFound(situation);
  if ('code' in phone) {
    const mend: Mend | undefined = phone.code === 'PHONE_UNMAPPED' ? { page: 'mappings' } : subjectOf(situation);
    const gate = stop('phone', phone, mend ? { mend } : {});
    return [gate, skip('holder', say('whyNotReached')), creationGate(situation)];
  }
  const holder = holderGate(situation, phone.number);
  return holder && [pass('phone', say('whyPhone', { phone: phone.number })), holder, creationGate(situation)];
}

function phoneFound({ config, pairing, lead, record, records }: WhySituation): PhoneFound {
  if (pairing === 'toSalesforce' && lead) return phoneOfLead(config, lead);
  return phoneOf(config, record?.object ?? 'Lead', records[0]?.record?.fields ?? {});
}

const subjectOf = ({ record, leadId }: WhySituation): Mend | undefined =>
  record ? { record: record.id } : leadId === null ? undefined : { lead: leadId };

function holderGate(situation: WhySituation, phone: string): Gate | undefined {
  const { config, look, pairing, leadId } = situation;
  if (pairing === 'toSellfire') {
    const holder = look.leadByPhone(phone);
    if (holder === undefined) return undefined;
    return holder ? stop('holder', heldByLead(holder, phone), { mend: { lead: holder.id } }) : free();
  }
  const candidates = look.phone(phone);
  if (!candidates) return undefined;
  const holders = holdersOf(config, phone, candidates);
  const [first, ...others] = holders;
  const isOwn = holders.some((one) => one.leadId === leadId && takenBy(situation, one.id) === undefined);
  if (!first || isOwn) return free();
  return stop('holder', heldByRecords(config, phone, [first, ...others]), { mend: { record: first.id } });
}

const free = (): Gate => pass('holder', say('whyPhoneFree'));

function creationGate({ config, pairing, lead, record, records }: WhySituation): Gate {
  const mend = { page: 'settings' } as const;
  if (pairing === 'toSellfire') {
    if (!config.settings.createInSellfire) return stop('creation', say('whyLeadsNotCreated'), { mend });
    if (record && isOfContact(config, record.object, records[0]?.record?.fields ?? {}))
      return stop('creation', say('whyOfContact'));
    const paused = creationPause(config, 'Sellfire');
    if (paused) return stop('creation', paused, { mend: { page: 'mappings' } });
    return pass('creation', say('whyLeadsCreated'));
  }
  if (!config.settings.createInSalesforce) return stop('creation', say('whyRecordsNotCreated'), { mend });
  const missing: Explanation | undefined = lead ? missingForCreation(config, lead, 'Lead') : undefined;
  if (!missing) return pass('creation', say('whyRecordsCreated'));
  return stop('creation', missing, {
    mend: lead && missing.code === 'REQUIRED_EMPTY' ? { lead: lead.id } : { page: 'mappings' },
  });
}
