// The org's Metadata API: whatever is custom in the org came through here, over SOAP, over REST, or from a source folder
// in this process; all three run the same deployment.
// Source: Metadata API Developer Guide, "Deploying and Retrieving Metadata", "REST Resources".
import express, { type Request, type Response, type Router } from 'express';
import { deployPackage, type DeployOptions, type DeployOutcome } from './metadata/deploy.ts';
import { deploymentsOf } from './metadata/deployments.ts';
import { answerSoap, mayDeploy, NOT_ALLOWED } from './metadata/soap.ts';
import { packageOf } from './metadata/source.ts';
import type { EventsOrg, SignedInOrg } from './pubsub/org.ts';

/** A deployment's zip has at most 39 MB, a third more in base 64 (Metadata API Developer Guide, "Limits"). */
const MAX_BODY = '60mb';
const REST_PATH = '/services/data/:version/metadata/deployRequest';

/** Serves /services/Soap/m and /services/data/vXX.X/metadata/deployRequest. */
export function metadataRouter(org: SignedInOrg): Router {
  const router = express.Router();
  const raw = express.raw({ type: () => true, limit: MAX_BODY });

  router.post(
    ['/services/Soap/m/:version', '/services/Soap/m/:version/:organization'],
    raw,
    async (request, response) => {
      const { status, body } = await answerSoap(org, bytesOf(request).toString('utf8'));
      response.status(status).type('text/xml').send(body);
    },
  );

  router.post(REST_PATH, raw, async (request, response) => {
    const caller = signedIn(org, request, response);
    if (!caller) return;
    const form = await formOf(request);
    const zip = form?.get('file');
    if (!(zip instanceof Blob)) {
      refuse(response, 400, 'MISSING_ARGUMENT', 'The request needs the part file, with the zip.');
      return;
    }
    const options = await deployOptionsOf(form);
    const deployments = deploymentsOf(org);
    const id = deployments.start(Buffer.from(await zip.arrayBuffer()), caller, {
      namespace: org.namespace,
      checkOnly: options.checkOnly === true,
    });
    response.status(201).json({
      id,
      validatedDeployRequestId: null,
      deployOptions: options,
      deployResult: deployments.result(id, false),
    });
  });

  router.get(`${REST_PATH}/:id`, (request, response) => {
    if (!signedIn(org, request, response)) return;
    const result = deploymentsOf(org).result(String(request.params['id']), request.query['includeDetails'] === 'true');
    if (!result) refuse(response, 404, 'NOT_FOUND', 'The requested resource does not exist');
    else response.json({ id: result.id, validatedDeployRequestId: null, deployResult: result });
  });
  return router;
}

/**
 * Deploys a folder in source format, as the CLI would: converted to a zip and deployed in one piece.
 * @throws Error that lists every component failure
 */
export async function deployFolder(
  org: EventsOrg,
  folder: string,
  options: DeployOptions = {},
): Promise<DeployOutcome> {
  const outcome = deployPackage(org, await packageOf(folder), { namespace: org.namespace, ...options });
  if (outcome.success) return outcome;
  const problems = outcome.components.filter((component) => !component.success);
  const lines = problems.map(
    ({ componentType, fullName, problem }) => `  ${componentType} ${fullName}: ${problem ?? ''}`,
  );
  throw new Error(`${folder} could not be deployed:\n${lines.join('\n')}`);
}

function bytesOf(request: Request): Buffer {
  return Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
}

async function formOf(request: Request): Promise<FormData | undefined> {
  try {
    const headers = { 'content-type': request.get('content-type') ?? '' };
    return await new globalThis.Response(new Uint8Array(bytesOf(request)), { headers }).formData();
  } catch {
    // Not a form: the answer names the missing part.
    return undefined;
  }
}

async function deployOptionsOf(form: FormData | undefined): Promise<{ checkOnly?: unknown }> {
  for (const [name, part] of form ?? []) {
    if (name === 'file') continue;
    const text = typeof part === 'string' ? part : await part.text();
    const { deployOptions } = JSON.parse(text) as { deployOptions?: { checkOnly?: unknown } };
    if (deployOptions) return deployOptions;
  }
  return {};
}

function signedIn(org: SignedInOrg, request: Request, response: Response): { id: string; name: string } | undefined {
  const token = /^(?:Bearer|OAuth)\s+(.+)$/i.exec(request.get('authorization') ?? '')?.[1];
  const session = token === undefined ? undefined : org.sessions.verify(token);
  if (!session) {
    refuse(response, 401, 'INVALID_SESSION_ID', 'Session expired or invalid');
    return undefined;
  }
  if (!mayDeploy(org, session.userId)) {
    refuse(response, 403, 'INSUFFICIENT_ACCESS', NOT_ALLOWED);
    return undefined;
  }
  return { id: session.userId, name: org.users.get(session.userId)?.name ?? session.userId };
}

function refuse(response: Response, status: number, errorCode: string, message: string): void {
  response.status(status).json([{ message, errorCode }]);
}
