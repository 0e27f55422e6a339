// The User Interface API: metadata and records as pages show them, and their writes, which a key makes repeatable.
// Source: User Interface API Developer Guide, "User Interface API Resources".
import { Router, type Request } from 'express';
import type { Org } from '../org.ts';
import { listsRouter } from '../uiapi/listsRouter.ts';
import { metadataRouter } from '../uiapi/metadataRouter.ts';
import { navigationRouter } from '../uiapi/navigationRouter.ts';
import { recordsRouter } from '../uiapi/recordsRouter.ts';
import { seal, type Asking } from './request.ts';

export function uiApiRouter(org: Org, asking: (request: Request) => Asking): Router {
  const routers = [metadataRouter, recordsRouter, listsRouter, navigationRouter];
  return seal(Router().use(...routers.map((router) => router(org, asking))));
}
