// The Metadata API in SOAP, as far as tools need it to deploy and retrieve, to describe and list what can be.
// Every other operation is answered with a fault that names it.
// Source: Metadata API Developer Guide, "File-Based Calls".
import type { SignedInOrg } from '../pubsub/org.ts';
import { deploymentsOf } from './deployments.ts';
import { installedIn } from './installed.ts';
import { fileProperties, retrievalsOf } from './retrieve.ts';
import { METADATA_TYPES, typeNamed } from './types.ts';
import { childOf, childrenOf, flagOf, parseXml, textOf, toXml, type Element } from './xml.ts';

export interface SoapAnswer {
  status: number;
  body: string;
}

class SoapFault extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(`${code}: ${message}`);
    this.code = code;
  }
}

interface Caller {
  id: string;
  name: string;
}

export const NOT_ALLOWED =
  'use of the Metadata API requires a user with the ModifyAllData or ModifyMetadata permissions';

export function mayDeploy(org: SignedInOrg, userId: string): boolean {
  const access = org.access.of(userId);
  return access.all || access.has('ModifyMetadata');
}

export async function answerSoap(org: SignedInOrg, envelope: string): Promise<SoapAnswer> {
  try {
    const { element } = parseXml(envelope, 'Envelope');
    const token = textOf(childOf(childOf(element, 'Header') ?? {}, 'SessionHeader') ?? {}, 'sessionId') ?? '';
    const session = org.sessions.verify(token);
    if (!session) {
      throw new SoapFault(
        'INVALID_SESSION_ID',
        'Invalid Session ID found in SessionHeader: Illegal Session. Session not found, missing session hash',
      );
    }
    if (!mayDeploy(org, session.userId)) throw new SoapFault('INSUFFICIENT_ACCESS', NOT_ALLOWED);
    const body = childOf(element, 'Body') ?? {};
    const [operation] = Object.keys(body);
    if (operation === undefined) throw new SoapFault('UNKNOWN_EXCEPTION', 'The envelope has no body.');
    const caller = { id: session.userId, name: org.users.get(session.userId)?.name ?? session.userId };
    const handler = OPERATIONS[operation];
    if (!handler) throw new SoapFault('INVALID_OPERATION', `The operation ${operation} is not supported by this org.`);
    const result = await handler(org, childOf(body, operation) ?? {}, caller);
    return { status: 200, body: envelopeOf(`<${operation}Response>${toXml({ result })}</${operation}Response>`) };
  } catch (error) {
    const code = error instanceof SoapFault ? error.code : 'UNKNOWN_EXCEPTION';
    const words = (error as Error).message;
    const fault = { faultcode: `sf:${code}`, faultstring: error instanceof SoapFault ? words : `${code}: ${words}` };
    return { status: 500, body: envelopeOf(`<soapenv:Fault>${toXml(fault)}</soapenv:Fault>`) };
  }
}

type Operation = (org: SignedInOrg, request: Element, caller: Caller) => object | object[] | Promise<object>;

const OPERATIONS: Readonly<Record<string, Operation>> = {
  deploy(org, request, caller) {
    const zip = textOf(request, 'ZipFile');
    if (!zip) throw new SoapFault('INVALID_PARAMETER_VALUE', 'ZipFile is required.');
    const options = childOf(request, 'DeployOptions') ?? {};
    const id = deploymentsOf(org).start(Buffer.from(zip, 'base64'), caller, {
      namespace: org.namespace,
      checkOnly: flagOf(options, 'checkOnly'),
    });
    return { done: false, id, state: 'Queued' };
  },
  checkDeployStatus(org, request) {
    const id = textOf(request, 'asyncProcessId') ?? '';
    const result = deploymentsOf(org).result(id, flagOf(request, 'includeDetails'));
    if (!result) throw new SoapFault('INVALID_CROSS_REFERENCE_KEY', `no deployment with the id ${id}`);
    return result;
  },
  retrieve(org, request, caller) {
    // The WSDL's name for the argument, and the one that the Salesforce CLI sends.
    const wanted = childOf(request, 'retrieveRequest') ?? childOf(request, 'request') ?? {};
    const id = retrievalsOf(org).start(wanted, caller);
    return { done: false, id, state: 'Queued' };
  },
  async checkRetrieveStatus(org, request) {
    const id = textOf(request, 'asyncProcessId') ?? '';
    const result = await retrievalsOf(org).result(id);
    if (!result) throw new SoapFault('INVALID_CROSS_REFERENCE_KEY', `no retrieval with the id ${id}`);
    // Without the zip the result can be asked for again.
    const { zipFile, ...rest } = result;
    return textOf(request, 'includeZip') === 'false' ? rest : { ...rest, zipFile };
  },
  describeMetadata: (org) => ({
    metadataObjects: METADATA_TYPES.map((type) => ({
      childXmlNames: Object.values(type.children ?? {}),
      directoryName: type.directory,
      inFolder: type.inFolders === true,
      metaFile: type.metaFile === true,
      suffix: type.suffix || undefined,
      xmlName: type.name,
    })),
    organizationNamespace: org.namespace ?? '',
    partialSaveAllowed: false,
    testRequired: false,
  }),
  listMetadata: (org, request, caller) =>
    childrenOf(request, 'queries').flatMap((query) => {
      const type = typeNamed(textOf(query, 'type') ?? '');
      const all = type ? installedIn(org).all(type.name) : [];
      return all.map((component) => fileProperties(org, component, caller));
    }),
};

function envelopeOf(body: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns="http://soap.sforce.com/2006/04/metadata" xmlns:sf="http://soap.sforce.com/2006/04/metadata"><soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`;
}
