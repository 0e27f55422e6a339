// Writes docs/openapi.json, the contract with Sellfire as OpenAPI 3.1, from the schemas that both sides run on.
import { writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import {
  createDocument,
  type ZodOpenApiObject,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
} from 'zod-openapi';
import { OPERATIONS, type Operation } from '../bridge/sellfire/contract.ts';
import { webhookBodySchema } from '../bridge/sellfire/payloads.ts';
import { PROBLEM_MEDIA_TYPE, problemSchema } from '../bridge/sellfire/problem.ts';
import { SIGNATURE_HEADER, SIGNATURE_TOLERANCE_SECONDS } from '../bridge/sellfire/signature.ts';

export const OPENAPI_FILE = new URL('../docs/openapi.json', import.meta.url);
const KEY_LENGTH = 128;

function describeOperation(operationId: string, operation: Operation): ZodOpenApiOperationObject {
  const names = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
  const path = z.object(Object.fromEntries(names.map((name) => [name, z.string()])));
  const header = z.object({ 'Idempotency-Key': z.string().min(1).max(KEY_LENGTH) });
  const mediaType = operation.bodyType ?? 'application/json';
  const body = operation.body ?? (operation.bodyType ? z.string() : undefined);
  return {
    operationId,
    summary: operation.summary,
    requestParams: {
      ...(names.length > 0 ? { path } : {}),
      ...(operation.query ? { query: z.object(operation.query) } : {}),
      ...(operation.idempotent ? { header } : {}),
    },
    ...(body ? { requestBody: { required: true, content: { [mediaType]: { schema: body } } } } : {}),
    responses: {
      [String(operation.success)]: {
        description: operation.summary,
        content: { 'application/json': { schema: operation.response } },
      },
      default: {
        description: 'A problem (RFC 9457); `code` says which',
        content: { [PROBLEM_MEDIA_TYPE]: { schema: problemSchema } },
      },
    },
  };
}

/** @returns the document as the text of docs/openapi.json. */
export function openApiText(): string {
  const paths: ZodOpenApiPathsObject = {};
  for (const [name, operation] of Object.entries<Operation>(OPERATIONS)) {
    const method = operation.method.toLowerCase() as 'get' | 'post' | 'patch' | 'put' | 'delete';
    paths[operation.path] = { ...paths[operation.path], [method]: describeOperation(name, operation) };
  }
  const description: ZodOpenApiObject = {
    openapi: '3.1.0',
    info: {
      title: 'Sellfire',
      version: '1',
      description:
        'The API of the Sellfire sales dialer that the bridge to Salesforce uses: leads and their fields, reps, ' +
        'schedules, sales, the event feed and signed webhooks.',
    },
    servers: [{ url: 'https://api.sellfire.example', description: 'The address is part of the configuration' }],
    security: [{ apiKey: [] }],
    paths,
    webhooks: {
      events: {
        post: {
          operationId: 'receiveEvents',
          summary: 'Events of the feed, at least once, in order as far as the network allows',
          security: [],
          requestParams: {
            header: z.object({
              [SIGNATURE_HEADER]: z.string().meta({
                description:
                  '`t=<seconds since the epoch>,v1=<hex>`: HMAC-SHA-256 with the secret of the subscription over ' +
                  `\`<t>.<body>\`. Refuse a time that is off by more than ${SIGNATURE_TOLERANCE_SECONDS} seconds.`,
              }),
            }),
          },
          requestBody: { required: true, content: { 'application/json': { schema: webhookBodySchema } } },
          responses: { '204': { description: 'Taken; any other status and the events are sent again' } },
        },
      },
    },
    components: { securitySchemes: { apiKey: { type: 'http', scheme: 'bearer' } } },
  };
  const document = createDocument(description, {
    // An answer may gain members later; only requests are closed.
    override: ({ jsonSchema, io }) => {
      if (io === 'output' && jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
    },
  });
  return `${JSON.stringify(document, null, 2)}\n`;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  await writeFile(OPENAPI_FILE, openApiText());
