// What a page may know of its session: who is signed in, how this person reads and writes, and what this person may do.
// Source: LWC Developer Guide, "@salesforce Modules" (user, customPermission, i18n).
import type { Org } from '../org.ts';
import { NEWEST_VERSION } from '../org.ts';
import { displayFor } from '../uiapi/display.ts';
import type { Session } from './sessions.ts';

export interface SessionInfo {
  userId: string;
  username: string;
  name: string;
  email: string;
  profile: string;
  orgId: string;
  organization: string;
  /** The package's namespace, null where it is deployed without one. */
  namespace: string | null;
  apiVersion: string;
  /** `en_US`, `es` */
  language: string;
  /** `en-US` */
  locale: string;
  timeZone: string;
  currency: string;
  /** With the prefix of their namespace. */
  permissionSets: readonly string[];
  /** As the package names them. */
  customPermissions: readonly string[];
  /** ISO. */
  expiresAt: string;
}

export function sessionInfo(org: Org, { userId, expiresAt }: Session): SessionInfo {
  const user = org.get('User', userId) ?? {};
  const profile = org.get('Profile', String(user['ProfileId'])) ?? {};
  const organization = org.get('Organization', org.id) ?? {};
  const { language, locale, timeZone } = displayFor(org, userId);
  const { permissionSets, customPermissions } = org.access.of(userId);
  return {
    userId,
    username: String(user['Username']),
    name: String(user['Name']),
    email: String(user['Email']),
    profile: String(profile['Name']),
    orgId: org.id,
    organization: String(organization['Name']),
    namespace: org.namespace ?? null,
    apiVersion: NEWEST_VERSION,
    language,
    locale,
    timeZone,
    currency: 'USD',
    permissionSets,
    customPermissions,
    expiresAt: new Date(expiresAt).toISOString(),
  };
}
