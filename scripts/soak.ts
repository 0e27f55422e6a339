// npm run soak: has the bridge work while every fault switch of the local org and the local Sellfire is on in turn. Ends with 0 only if
// nothing is lost and nothing is doubled.
import { Command, InvalidArgumentError } from 'commander';
import { soak } from '../test/faults/soaking.ts';

function positive(text: string): number {
  const number = Number(text);
  if (!(number > 0)) throw new InvalidArgumentError('It is a number above 0.');
  return number;
}

const { minutes, seed } = new Command('soak')
  .description('Has the bridge work for long under every fault of both systems, and compares what they hold.')
  .option('--minutes <count>', 'how long people work and faults happen', positive, 60)
  .option('--seed <number>', 'what is drawn', positive, Math.ceil(Math.random() * 2 ** 31))
  .parse()
  .opts<{ minutes: number; seed: number }>();

const { wrong, memory, ...figures } = await soak({ minutes, seed, progress: (line) => console.log(line) });
const resident = memory.map((one) => one.resident);
console.log({ ...figures, residentMiB: { first: resident[0], most: Math.max(...resident), last: resident.at(-1) } });
for (const what of wrong) console.error(what);
console.log(wrong.length === 0 ? 'Nothing is lost, and nothing is doubled.' : `${wrong.length} things do not hold.`);
process.exit(wrong.length === 0 ? 0 : 1);
