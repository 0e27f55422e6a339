// The SOAP API, as far as clients need it for what REST cannot do: convertLead, merge, undelete, emptyRecycleBin; and
// the plain saves and the sign-in by password beside them. Partner and Enterprise differ in their namespace only.
// Source: SOAP API Developer Guide, "Core Calls", "SOAP Headers".
import express, { Router, type Request } from 'express';
import { orgFor } from './accessView.ts';
import { PlatformError } from './model.ts';
import type { Org } from './org.ts';
import { childOf, parseXml, textOf, type Element } from './metadata/xml.ts';
import { login } from './soap/login.ts';
import { OPERATIONS, type SoapCall } from './soap/operations.ts';
import { resultXml } from './soap/result.ts';

/** A call of 200 records with long texts stays below this. */
const BODY_LIMIT = '10mb';

const NAMESPACES = { u: 'urn:partner.soap.sforce.com', c: 'urn:enterprise.soap.sforce.com' } as const;
type Flavour = keyof typeof NAMESPACES;

/** Serves /services/Soap/u/XX.X (Partner) and /services/Soap/c/XX.X (Enterprise). */
export function soapRouter(org: Org): Router {
  const router = Router();
  const raw = express.raw({ type: () => true, limit: BODY_LIMIT });
  for (const flavour of Object.keys(NAMESPACES) as Flavour[]) {
    const path = `/services/Soap/${flavour}/:version`;
    router.post([path, `${path}/:organization`], raw, (request, response) => {
      const { status, body } = answer(org, request, flavour);
      response.status(status).type('text/xml').send(body);
    });
  }
  return router;
}

function answer(org: Org, request: Request, flavour: Flavour): { status: number; body: string } {
  const namespace = NAMESPACES[flavour];
  try {
    const text = Buffer.isBuffer(request.body) ? request.body.toString('utf8') : '';
    const { element } = parsed(text);
    const header = childOf(element, 'Header') ?? {};
    const body = childOf(element, 'Body') ?? {};
    const name = Object.keys(body)[0] ?? '';
    const version = String(request.params['version']).replace(/^(\d+)$/, '$1.0');
    const answered = (result: object): { status: number; body: string } => ({
      status: 200,
      body: envelope(namespace, `<${name}Response>${resultXml({ result })}</${name}Response>`),
    });
    if (name === 'login') return answered(login(org, childOf(body, name) ?? {}, flavour, version));
    const session = org.sessions.verify(textOf(childOf(header, 'SessionHeader') ?? {}, 'sessionId') ?? '');
    if (!session) {
      const words =
        'Invalid Session ID found in SessionHeader: Illegal Session. Session not found, missing session hash';
      throw new PlatformError('INVALID_SESSION_ID', words);
    }
    org.usage.apiRequests.used += 1;
    const operation = OPERATIONS[name];
    if (!operation)
      throw new PlatformError('INVALID_OPERATION', `No operation available for request {${namespace}}${name}`);
    const client = textOf(childOf(header, 'CallOptions') ?? {}, 'client');
    const call: SoapCall = {
      userId: session.userId,
      token: session.token,
      context: {
        user: session.userId,
        origin: `com/salesforce/api/soap/${version}${client === undefined ? '' : `;client=${client}`}`,
      },
      header,
    };
    return answered(operation(orgFor(org, session.userId), childOf(body, name) ?? {}, call));
  } catch (error) {
    const code = error instanceof PlatformError ? error.errorCode : 'UNKNOWN_EXCEPTION';
    const message = error instanceof Error ? error.message : String(error);
    const fault = resultXml({ faultcode: `sf:${code}`, faultstring: `${code}: ${message}` });
    return { status: 500, body: envelope(namespace, `<soapenv:Fault>${fault}</soapenv:Fault>`) };
  }
}

function parsed(text: string): { element: Element } {
  try {
    return parseXml(text, 'Envelope');
  } catch (cause) {
    throw new PlatformError('UNKNOWN_EXCEPTION', `The envelope cannot be read: ${(cause as Error).message}`);
  }
}

function envelope(namespace: string, body: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns="${namespace}" xmlns:sf="urn:fault.${namespace.slice(4)}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`;
}
