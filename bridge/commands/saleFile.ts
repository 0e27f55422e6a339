// Writes the file of the sales that were made in Salesforce (M26), for a manual import into Sellfire. It reads the org directly:
// neither the store nor a running bridge is needed.
import { open, rm } from 'node:fs/promises';
import type { Config } from '../config.ts';
import { createConfigurations } from '../connection/configuration.ts';
import { keepTrying } from '../connection/retry.ts';
import { createLog } from '../log.ts';
import { inWords } from '../model/catalogue/entry.ts';
import { explain } from '../model/catalogue/catalogue.ts';
import { BridgeError } from '../model/fault.ts';
import { fileSales, repsByOwner, saleCsv, salesQuery, type Period } from '../requests/saleFile.ts';
import { sheet } from '../requests/sheet.ts';
import { batches } from '../requests/importFile.ts';
import { largeQuery } from '../salesforce/api/largeQuery.ts';
import { createRest } from '../salesforce/api/rest.ts';
import { createSellfire } from '../sellfire/client.ts';
import { sessionOf } from './sendRequest.ts';

export interface WrittenSales {
  sales: number;
  /** Sales that are left out because they have neither products nor an amount, each with its Opportunity. */
  left: string[];
}

/** @throws BridgeError FILE_EXISTS, JWT_MISSING; PeerError. An incomplete file is removed */
export async function writeSales(config: Config, period: Period, file: string): Promise<WrittenSales> {
  const session = sessionOf(config);
  const logger = createLog({ level: 'silent' });
  const rest = createRest({ session, apiVersion: config.salesforce.apiVersion });
  const sellfire = createSellfire({ url: config.sellfire.url, apiKey: config.sellfire.apiKey, logger });
  // The file has customers' data: only its owner may read it. An existing file is not overwritten.
  const handle = await open(file, 'wx', 0o600).catch((cause: unknown) => {
    throw new BridgeError(explain('FILE_UNWRITABLE', { file, cause: String(cause) }), { cause });
  });
  try {
    const sources = {
      rest,
      session,
      sellfire,
      attempts: keepTrying({ logger }),
      country: config.defaultCountry,
      logger,
    };
    const sync = await createConfigurations(sources).reload();
    const reps = await repsByOwner({ rest, sellfire });
    const query = await salesQuery({ rest, sellfire }, sync, period, Date.now());
    const written: WrittenSales = { sales: 0, left: [] };
    await handle.write(saleCsv(sync, [], true, sheet));
    for await (const batch of batches(largeQuery(rest, query))) {
      const filed = await fileSales({ rest, sellfire }, sync, reps, batch);
      await handle.write(saleCsv(sync, filed, false, sheet));
      for (const { opportunityId, problem } of filed) {
        if (problem) written.left.push(`${opportunityId}: ${inWords(problem)}`);
        else written.sales += 1;
      }
    }
    await handle.close();
    return written;
  } catch (error) {
    await handle.close();
    await rm(file, { force: true });
    throw error;
  } finally {
    await rest.close();
    await sellfire.close();
  }
}
