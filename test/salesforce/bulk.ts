// The Bulk API 2.0: jobs that load and fetch many records outside the request that asks for it.
import { Router, type Request } from 'express';
import { ingestRouter } from './bulk/ingest.ts';
import { queryJobsRouter } from './bulk/query.ts';
import type { Org } from './org.ts';
import type { Asking } from './rest/request.ts';

export function bulkRouter(org: Org, asking: (request: Request) => Asking): Router {
  return Router().use(ingestRouter(org, asking), queryJobsRouter(org, asking));
}
