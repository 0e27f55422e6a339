// Kills the bridge many more times than the tests do: node scripts/soak.ts [kills] [seed]. Ends with 0 only if all holds.
import { killAgainAndAgain } from '../test/faults/killing.ts';

const [kills = '500', seed = String(Math.floor(Math.random() * 2 ** 31))] = process.argv.slice(2);
const { wrong, ...figures } = await killAgainAndAgain({
  kills: Number(kills),
  seed: Number(seed),
  progress: console.log,
});
console.log(figures);
for (const what of wrong) console.error(what);
process.exit(wrong.length === 0 ? 0 : 1);
