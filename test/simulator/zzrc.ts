import { drawHistory, play, settle } from '/work/main/test/simulator/history.ts';
import { triggersOf, switchesOf, demosOf, repushes } from '/work/main/test/simulator/ruleChecks.ts';
const from = Number(process.argv[2]), n = Number(process.argv[3]);
const tally: Record<string, number> = {}; const ex: Record<string, string> = {};
let writeDeals = 0, names = 0, rep = 0;
for (let s = from; s < from + n; s++) {
  const { world, problems } = await play(drawHistory(s));
  const mine = problems.filter((x: string) => /^M/.test(x)); if (mine.length) console.log('seed', s, mine); continue;
  writeDeals += world.calls.get('salesforce.writeDeal') ?? 0;
  const p = [...triggersOf(world), ...switchesOf(world), ...demosOf(world)];
  rep += world.store.allReports('00D000000000001AAA').filter((r: any) => r.outcome === 'Success' && ['DemoSet','Sale','Activity'].includes(r.event)).length;
  p.push(...(await repushes(world, () => settle(world))));
  const { problemsOf } = await import('/work/main/test/simulator/checks.ts');
  p.push(...problemsOf(world).map((x: string) => 'AFTER ' + x));
  for (const x of p) { const k = x.replace(/[a-z]+_\w+|0[0-9a-zA-Z]{14,}|\d+/g, '#').slice(0, 90); tally[k] = (tally[k] ?? 0) + 1; ex[k] ??= `${s}: ${x}`; }
}
console.log({ writeDeals, rep }); console.log(tally, ex);
