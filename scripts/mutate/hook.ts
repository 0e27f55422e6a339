// Loaded before the simulator (`node --import`): gives one source file of the bridge with a mutant in it. The file on the disk is
// unchanged, so that many mutants are played at once.
import { registerHooks } from 'node:module';
import { mutantSchema } from './result.ts';

/** A mutant as JSON: the address of its module, and what is replaced in it. */
const MUTANT_VARIABLE = 'MUTANT';

const { url, start, end, replacement } = mutantSchema.parse(JSON.parse(process.env[MUTANT_VARIABLE] ?? ''));
registerHooks({
  load(address, context, nextLoad) {
    const loaded = nextLoad(address, context);
    if (address !== url) return loaded;
    const source = Buffer.from(String(loaded.source ?? '')).toString();
    return { ...loaded, source: source.slice(0, start) + replacement + source.slice(end) };
  },
});
