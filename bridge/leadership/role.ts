// What a process of the bridge does with what comes over HTTP, as the one that leads or as one that stands by.
import type { Check } from '../http/health.ts';
import type { HttpDeps } from '../http/server.ts';

export interface Role {
  webhookSecret: HttpDeps['webhookSecret'];
  intake: HttpDeps['intake'];
  connect: HttpDeps['oauth']['connect'];
  control: HttpDeps['control'];
  checks(): Promise<Check[]>;
  /** Sets the gauges of the metrics. */
  measure(): Promise<void>;
}
