// Who the caller is, in the words of the SOAP API's `GetUserInfoResult`.
import type { Org } from '../org.ts';

export function userInfo(org: Org, userId: string): object {
  const row = org.get('User', userId) ?? {};
  return {
    accessibilityMode: false,
    ...(org.currencies.several
      ? { userDefaultCurrencyIsoCode: row['DefaultCurrencyIsoCode'] ?? org.currencies.corporate }
      : { orgDefaultCurrencyIsoCode: org.currencies.corporate }),
    orgHasPersonAccounts: false,
    organizationMultiCurrency: org.currencies.several,
    organizationId: org.id,
    organizationName: org.get('Organization', org.id)?.['Name'],
    profileId: row['ProfileId'],
    roleId: null,
    sessionSecondsValid: org.sessions.lifetimeMs / 1000,
    userEmail: row['Email'],
    userFullName: row['Name'],
    userId,
    userLanguage: row['LanguageLocaleKey'],
    userLocale: row['LocaleSidKey'],
    userName: row['Username'],
    userTimeZone: row['TimeZoneSidKey'],
    userType: row['UserType'],
  };
}
