// The Metadata API in SOAP, as far as tools need it to deploy: deploy, checkDeployStatus, describeMetadata, listMetadata.
// Every other operation is answered with a fault that names it.
// Source: Metadata API Developer Guide, "File-Based Calls".
import type { SignedInOrg } from '../pubsub/org.ts';
import { deploymentsOf } from './deployments.ts';
import { installedIn } from './installed.ts';
import { METADATA_TYPES } from './types.ts';
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

export function answerSoap(org: SignedInOrg, envelope: string): SoapAnswer {
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
    const body = childOf(element, 'Body') ?? {};
    const [operation] = Object.keys(body);
    if (operation === undefined) throw new SoapFault('UNKNOWN_EXCEPTION', 'The envelope has no body.');
    const caller = { id: session.userId, name: org.users.get(session.userId)?.name ?? session.userId };
    const handler = OPERATIONS[operation];
    if (!handler) throw new SoapFault('INVALID_OPERATION', `The operation ${operation} is not supported by this org.`);
    const result = handler(org, childOf(body, operation) ?? {}, caller);
    return { status: 200, body: envelopeOf(`<${operation}Response>${toXml({ result })}</${operation}Response>`) };
  } catch (error) {
    const code = error instanceof SoapFault ? error.code : 'UNKNOWN_EXCEPTION';
    const fault = { faultcode: `sf:${code}`, faultstring: (error as Error).message };
    return { status: 500, body: envelopeOf(`<soapenv:Fault>${toXml(fault)}</soapenv:Fault>`) };
  }
}

const OPERATIONS: Readonly<Record<string, (org: SignedInOrg, request: Element, caller: Caller) => object | object[]>> =
  {
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
    describeMetadata: (org) => ({
      metadataObjects: METADATA_TYPES.map((type) => ({
        childXmlNames: Object.values(type.children ?? {}),
        directoryName: type.directory,
        inFolder: false,
        metaFile: type.metaFile === true,
        suffix: type.suffix || undefined,
        xmlName: type.name,
      })),
      organizationNamespace: org.namespace ?? '',
      partialSaveAllowed: false,
      testRequired: false,
    }),
    listMetadata: (org, request) =>
      childrenOf(request, 'queries').flatMap((query) =>
        installedIn(org)
          .all(textOf(query, 'type') ?? '')
          .map(({ type, fullName, fileName, at }) => ({
            fileName,
            fullName,
            type,
            lastModifiedDate: new Date(at).toISOString(),
            ...(org.namespace ? { namespacePrefix: org.namespace } : {}),
          })),
      ),
  };

function envelopeOf(body: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns="http://soap.sforce.com/2006/04/metadata" xmlns:sf="http://soap.sforce.com/2006/04/metadata"><soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`;
}
