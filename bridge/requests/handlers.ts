// Maps each type of request to its handler.
import { applyMappingRequest } from './applyMapping.ts';
import { checkSetup } from './checkSetup.ts';
import { disconnect, pause, resume, start } from './control.ts';
import { createOptions } from './createOptions.ts';
import { exportSales } from './exportSales.ts';
import { importLeads } from './importLeads.ts';
import { linkExisting } from './linkExisting.ts';
import { previewMapping } from './previewMapping.ts';
import { previewStart } from './previewStart.ts';
import { reconcile } from './reconcile.ts';
import { refreshCatalogue } from './refreshCatalogue.ts';
import { repush } from './repush.ts';
import { restoreLinks } from './restoreLinks.ts';
import type { Handler, RequestType } from './request.ts';
import { syncNow } from './syncNow.ts';
import { testAlert } from './testAlert.ts';
import { testRecord } from './testRecord.ts';
import { why } from './why.ts';

export const HANDLERS: Record<RequestType, Handler> = {
  SyncNow: syncNow,
  Repush: repush,
  ApplyMapping: applyMappingRequest,
  LinkExisting: linkExisting,
  Import: importLeads,
  ExportSales: exportSales,
  CreateOptions: createOptions,
  RefreshCatalogue: refreshCatalogue,
  Reconcile: reconcile,
  CheckSetup: checkSetup,
  PreviewStart: previewStart,
  Start: start,
  Pause: pause,
  Resume: resume,
  Disconnect: disconnect,
  PreviewMapping: previewMapping,
  TestRecord: testRecord,
  RestoreLinks: restoreLinks,
  Why: why,
  TestAlert: testAlert,
};
