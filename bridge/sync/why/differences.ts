// The mapped fields of a linked pair that do not hold the same on both sides, each with the reason why nothing levels it now.
import { explain } from '../../model/catalogue/catalogue.ts';
import type { SellfireValue } from '../../model/field.ts';
import type { Canonical, Link } from '../../model/link.ts';
import { OWNER_FIELD, type SyncRule } from '../../model/mapping.ts';
import { asMessage, say, type Message } from '../../model/message.ts';
import { asStored, fromSalesforce, readReplica } from '../mapping/asStored.ts';
import { leadCountry, recordCountry } from '../mapping/country.ts';
import { mappedFields, type MappedField } from '../mapping/rules.ts';
import { stateOf } from '../turn/draft.ts';
import { canonical, sameValue } from '../values/canonical.ts';
import { refusalOf, undelivered } from '../values/register.ts';
import type { WhySituation } from './situation.ts';

export interface Difference {
  /** Label of the Sellfire field. */
  field: string;
  /** `Lead.Company` */
  target: string;
  rule: SyncRule;
  sellfire: Canonical;
  salesforce: Canonical;
  why: Message;
}

/** @returns all that differ, and the number of mapped fields that were compared */
export function differencesOf({ config, link, lead, records }: WhySituation): {
  total: number;
  differing: Difference[];
} {
  if (!link || !lead) return { total: 0, differing: [] };
  let total = 0;
  const differing = records.flatMap(({ object, record }) =>
    mappedFields(config, [object]).flatMap((field): Difference[] => {
      const [mine, theirs] = [lead.fields[field.sellfire.name], record?.fields[field.salesforce.name]];
      if (!record || theirs === undefined) return [];
      total += 1;
      const sellfire = canonical(
        field.sellfire.type,
        (mine ?? null) as SellfireValue,
        leadCountry(config, lead.fields),
      );
      const salesforce = readReplica(config, link, field, theirs, record.fields);
      const country = recordCountry(config, object, record.fields, link);
      // A value that the bridge never sent is the same where it would be stored so, as where a mapping is applied.
      const isStoredSo = sameValue(asStored(field, sellfire, country), fromSalesforce(field, theirs, country));
      if (isStoredSo || sameValue(sellfire, salesforce)) return [];
      const { label } = field.sellfire;
      return [
        {
          field: label,
          target: field.replica,
          rule: field.mapping.rule,
          sellfire,
          salesforce,
          why: whyOf(link, field),
        },
      ];
    }),
  );
  return { total, differing };
}

const BY_RULE = {
  AlwaysSellfire: 'whyRuleSellfire',
  SalesforceUnlessBlank: 'whyRuleSalesforce',
  TwoWay: 'whyRuleTwoWay',
  DoNotSync: 'whyRuleTwoWay',
} as const satisfies Record<SyncRule, string>;

function whyOf(link: Link, { sellfire, replica, mapping }: MappedField): Message {
  const state = stateOf(link, sellfire.name);
  if (sellfire.name === OWNER_FIELD && link.ownerDiffers) return say('whyOwnerDiffers');
  if (state.suspended) return asMessage(explain('BOUNCING', { field: sellfire.label }));
  const refusal = refusalOf(state, replica) ?? refusalOf(state, 'sellfire');
  if (refusal) return say('whyFieldRefused', { code: refusal.code });
  if (undelivered(state).some((key) => key === replica || key === 'sellfire')) return say('whyFieldWaits');
  return say(BY_RULE[mapping.rule]);
}
