// SOAP's login: a session for a user name and a password. It is on its way out: off in a new org until an administrator
// turns it on, gone from version 65 on.
// Source: SOAP API Developer Guide, "login()"; Salesforce Help, "Platform SOAP API login() Retirement".
import { textOf, type Element } from '../metadata/xml.ts';
import { PlatformError } from '../model.ts';
import type { Org } from '../org.ts';
import { userInfo } from './userInfo.ts';

/** The last version that has the call. */
const LAST_VERSION = 64;
/** What a session shows as the app that it came through. */
const CLIENT = 'soap';

/**
 * @param flavour `u` or `c`: the API that the client goes on with
 * @throws PlatformError INVALID_OPERATION, INVALID_LOGIN
 */
export function login(org: Org, request: Element, flavour: string, version: string): object {
  if (Number(version) > LAST_VERSION) {
    throw new PlatformError('INVALID_OPERATION', `SOAP API login() is not available in API version ${version}`);
  }
  if (!org.sessions.byPassword) {
    throw new PlatformError('INVALID_OPERATION', 'SOAP API login() is disabled by default in this org.');
  }
  const user = org.users.find(textOf(request, 'username') ?? '');
  const active = user !== undefined && org.get('User', user.id)?.['IsActive'] === true;
  if (!user || !active || textOf(request, 'password') !== user.password) {
    throw new PlatformError('INVALID_LOGIN', 'Invalid username, password, security token; or user locked out.');
  }
  const session = org.sessions.open(user.id, CLIENT);
  const address = (api: string): string => `${org.url}/services/Soap/${api}/${version}/${org.id.slice(0, 15)}`;
  return {
    metadataServerUrl: address('m'),
    passwordExpired: false,
    sandbox: org.get('Organization', org.id)?.['IsSandbox'] === true,
    serverUrl: address(flavour),
    sessionId: session.token,
    userId: user.id,
    userInfo: userInfo(org, user.id),
  };
}
