// Metadata of objects over HTTP: object infos, picklist values, layouts.
// Source: User Interface API Developer Guide, "Get Object Metadata", "Get Values for a Picklist Field", "Get Record Layout
// Metadata".
import { Router, type Request } from 'express';
import { normaliseId } from '../ids.ts';
import { PlatformError, type FieldDef } from '../model.ts';
import type { Org } from '../org.ts';
import { methodNotAllowed, notFound, seal, type Asking } from '../rest/request.ts';
import { displayFor, type Display } from './display.ts';
import { layoutRequest, recordLayout } from './layout.ts';
import {
  allPicklistValues,
  directoryEntry,
  MASTER_RECORD_TYPE,
  objectInfo,
  picklistValues,
  uiObject,
} from './objectInfo.ts';
import { answer, batch, objectIn, parameter } from './requests.ts';

export function metadataRouter(org: Org, asking: (request: Request) => Asking): Router {
  const router = Router();
  const display = (request: Request): Display => displayFor(org, asking(request).userId);
  const get = (path: string, work: (request: Request) => unknown): void =>
    void router.route(path).get(answer(work)).all(methodNotAllowed('GET,HEAD'));

  get('/ui-api/object-info', (request) => {
    const objects = org.schema.objects().filter(({ kind }) => kind === 'record');
    const { base } = asking(request);
    return {
      objects: Object.fromEntries(objects.map((one) => [one.name, directoryEntry(one, base, display(request))])),
    };
  });
  get('/ui-api/object-info/batch/:names', (request) =>
    batch(parameter(request, 'names').split(','), (name) =>
      objectInfo(org, uiObject(org.schema, name), display(request), asking(request).userId),
    ),
  );
  get('/ui-api/object-info/:object', (request) =>
    objectInfo(org, objectIn(org, request), display(request), asking(request).userId),
  );
  get('/ui-api/object-info/:object/picklist-values/:recordType', (request) => {
    const object = objectIn(org, request);
    const type = recordType(org, request, object.name);
    return allPicklistValues(object, type, asking(request).base, display(request), holding(org, type));
  });
  get('/ui-api/object-info/:object/picklist-values/:recordType/:field', (request) => {
    const object = objectIn(org, request);
    const type = recordType(org, request, object.name);
    const field = org.schema.field(object, parameter(request, 'field'));
    if (!field) {
      throw new PlatformError('INVALID_FIELD', `No field ${parameter(request, 'field')} on ${object.name}`);
    }
    return picklistValues(object, type, field, asking(request).base, display(request), holding(org, type));
  });
  get('/ui-api/layout/:object', (request) => {
    const { layoutType, mode } = layoutRequest(request.query);
    return recordLayout(org, objectIn(org, request), layoutType, mode, display(request));
  });
  return seal(router);
}

const holding =
  (org: Org, type: string) =>
  (field: FieldDef, value: string): boolean =>
    org.recordTypes.holds(normaliseId(type) ?? type, field, value);

/** @throws PlatformError NOT_FOUND */
function recordType(org: Org, request: Request, object: string): string {
  const given = parameter(request, 'recordType');
  const id = normaliseId(given);
  if (id === MASTER_RECORD_TYPE || (id && org.recordTypes.find(object, id))) return given;
  throw notFound(`No record type ${given} for ${object}`);
}
