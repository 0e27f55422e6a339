// Sales that were made in Salesforce come by CSV: whole or not at all, and once.
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startSellfire, type RunningSellfire } from '../sellfire.ts';
import { freshPhone, ok, refused } from './client.ts';

let sellfire: RunningSellfire;
beforeAll(async () => {
  sellfire = await startSellfire({ leads: 1 });
});
afterAll(() => sellfire.close());

const HEADER =
  'salesforce_opportunity_id,primary_phone_number,sold_at,sold_by,product_code,product_name,quantity,unit_price,sale.payment_terms,item.discount';
let files = 0;
const bring = async (...rows: string[]) =>
  (await ok(sellfire, 'importSales', { key: `file ${(files += 1)}`, body: [HEADER, ...rows].join('\n') })).rows;
const lead = () => sellfire.desk.createLead({ primary_phone_number: freshPhone() });

it('the rows of one Opportunity are one sale, and its lead is a customer', async () => {
  const { id, fields } = lead();
  const phone = String(fields['primary_phone_number']);
  const rows = await bring(
    `006a,${phone},2026-11-24,rep_02,P1,Seat,2,10.50,Net 30,5`,
    `006a,${phone},2026-11-24,rep_02,P2,Setup,1,99,Net 30,`,
  );
  const [sale] = sellfire.dialer.sales.ofLead(id);
  expect(rows).toMatchObject([1, 2].map((row) => ({ row, outcome: 'created', lead_id: id, sale_id: sale?.id })));
  expect(sale).toMatchObject({
    rep_id: 'rep_02',
    made_at: '2026-11-24T12:00:00.000Z',
    salesforce_opportunity_id: '006a',
    fields: { payment_terms: 'Net 30', total: 120 },
    items: [{ product_code: 'P1', fields: { discount: 5 } }, { product_code: 'P2' }],
  });
  expect(sellfire.dialer.leads.get(id).fields['phase']).toBe('Customer');
  const { events } = sellfire.dialer.feed.page(0);
  expect(events.at(-1)).toMatchObject({ type: 'sale.made', actor: { kind: 'import' }, sale: { id: sale?.id } });
  await expect(bring(`006a,${phone},2026-11-24,rep_02,P1,Seat,2,10.50,,`)).resolves.toMatchObject([
    { outcome: 'skipped', sale_id: sale?.id },
  ]);
  expect(sellfire.dialer.sales.ofLead(id)).toHaveLength(1);
});

it('a sale that cannot be fails alone, and whole', async () => {
  const [one, other] = [lead(), lead()];
  const rows = await bring(
    `006b,${one.fields['primary_phone_number']},2026-11-24,rep_02,P1,Seat,2,10.50,,`,
    `006b,${one.fields['primary_phone_number']},2026-11-24,rep_02,P2,Setup,none,99,,`,
    `006c,${freshPhone()},2026-11-24,rep_02,P1,Seat,2,10.50,,`,
    `006d,${other.fields['primary_phone_number']},2026-11-24,,P1,Seat,2,10.50,,`,
    `,${other.fields['primary_phone_number']},2026-11-24,rep_02,P1,Seat,2,10.50,,`,
    `006e,${other.fields['primary_phone_number']},2026-11-24,rep_02,P1,Seat,2,10.50,,`,
  );
  expect(rows.map(({ outcome, problem }) => [outcome, problem?.field ?? null])).toEqual([
    ['failed', 'quantity'],
    ['failed', 'quantity'],
    ['failed', 'primary_phone_number'],
    ['failed', 'sold_by'],
    ['failed', 'salesforce_opportunity_id'],
    ['created', null],
  ]);
  expect(sellfire.dialer.sales.ofLead(one.id)).toEqual([]);
});

it('a column that is none is refused before anything is taken', async () => {
  const answer = await refused(sellfire, 'importSales', {
    key: 'wrong',
    body: 'salesforce_opportunity_id,colour\n006f,red\n',
  });
  expect(answer).toMatchObject({ code: 'unknown_field', field: 'colour' });
});
