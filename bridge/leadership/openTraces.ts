// Opens the traces of a process that runs turns, where a collector takes them.
import type { Config } from '../config.ts';
import type { Logger } from '../log.ts';
import type { Traces } from '../tracing/traces.ts';

/** The packages of OpenTelemetry are loaded where a collector is configured: otherwise they cost memory and time for nothing. */
export async function openTraces(
  { tracesEndpoint: endpoint }: Config,
  version: string,
  logger: Logger,
): Promise<Traces | undefined> {
  if (endpoint === undefined) return undefined;
  const { createTraces } = await import('../tracing/traces.ts');
  return createTraces({ endpoint, version, logger });
}
