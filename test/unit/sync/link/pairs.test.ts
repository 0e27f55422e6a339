// Only an unambiguous pair of a lead and a record is linked by its phone; everything else is left to an admin, with the reason (M16).
import { describe, expect, it } from '@jest/globals';
import { pairsOf, type PairCandidate } from '../../../../bridge/sync/link/pairs.ts';

const PHONE = '+15125550143';
const candidate = (leadId: string, ...ids: string[]): PairCandidate => ({
  ...{ leadId, phone: PHONE },
  holders: ids.map((id) => ({ object: id.startsWith('003') ? 'Contact' : 'Lead', id })),
});

describe('leads and records with the same phone', () => {
  it('are pairs where neither has a second one, by the ids of the leads', () => {
    expect(pairsOf([candidate('lead_2', '00Q2'), candidate('lead_1', '0031')])).toEqual({
      pairs: [
        { leadId: 'lead_1', record: { object: 'Contact', id: '0031' } },
        { leadId: 'lead_2', record: { object: 'Lead', id: '00Q2' } },
      ],
      ambiguous: [],
    });
  });

  it('are no pair where several records have the number, and the first five are named', () => {
    const ids = Array.from({ length: 7 }, (_, at) => `00Q${at}`);
    const { pairs, ambiguous } = pairsOf([candidate('lead_1', ...ids)]);
    expect(pairs).toEqual([]);
    expect(ambiguous).toMatchObject([{ leadId: 'lead_1', why: { code: 'PHONE_AMBIGUOUS' } }]);
    expect(ambiguous[0]?.why.sentence).toContain('Lead 00Q0, Lead 00Q1, Lead 00Q2, Lead 00Q3, Lead 00Q4 and 2 more,');
  });

  it('are no pairs where a record has the numbers of several leads, of which each is reported', () => {
    const { pairs, ambiguous } = pairsOf([candidate('lead_2', '00Q1'), candidate('lead_1', '00Q1')]);
    expect(pairs).toEqual([]);
    expect(ambiguous.map(({ leadId }) => leadId)).toEqual(['lead_1', 'lead_2']);
    for (const { why } of ambiguous) expect(why.sentence).toContain('Lead 00Q1 has the numbers of the Sellfire leads');
  });

  it('are no pair where a second record, of another lead’s number too, would leave it open', () => {
    const { pairs, ambiguous } = pairsOf([candidate('lead_1', '00Q1', '00Q2'), candidate('lead_2', '00Q2')]);
    expect(pairs).toEqual([]);
    expect(ambiguous.map(({ why }) => why.sentence.slice(0, 12))).toEqual([`${PHONE}`, 'The Lead 00Q']);
  });
});
