// Reads what no object's describe contains: the org's time zone and its currencies.
// Sources: Object Reference, "Organization", "CurrencyType"; SOAP API Developer Guide, "getUserInfoResult".
import { z } from 'zod';
import { PeerError, policyOf } from '../../model/fault.ts';
import type { OrgCurrencies } from '../../model/salesforce.ts';
import { query } from '../api/query.ts';
import type { Rest } from '../api/rest.ts';

export interface Organization {
  /** IANA name; UTC where the org has none. */
  timeZone: string;
  currencies: OrgCurrencies;
}

/** Two API calls. @param objects names of all objects that the connected user sees @throws PeerError */
export async function readOrganization(rest: Rest, objects: ReadonlyMap<string, unknown>): Promise<Organization> {
  const [timeZone, currencies] = await Promise.all([readTimeZone(rest), readCurrencies(rest, objects)]);
  return { timeZone, currencies };
}

async function readTimeZone(rest: Rest): Promise<string> {
  for await (const row of query(rest, 'SELECT TimeZoneSidKey FROM Organization'))
    if (typeof row['TimeZoneSidKey'] === 'string') return row['TimeZoneSidKey'];
  return 'UTC';
}

/** An org with one currency has no CurrencyType; only the SOAP API returns its currency. */
async function readCurrencies(rest: Rest, objects: ReadonlyMap<string, unknown>): Promise<OrgCurrencies> {
  if (!objects.has('CurrencyType')) return { several: false, codes: await onlyCurrency(rest) };
  const codes: string[] = [];
  for await (const row of query(rest, 'SELECT IsoCode FROM CurrencyType WHERE IsActive = true ORDER BY IsoCode'))
    codes.push(String(row['IsoCode']));
  return { several: true, codes };
}

const ENVELOPE = (accessToken: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><env:Envelope xmlns:env="http://schemas.xmlsoap.org/soap/envelope/" xmlns="urn:partner.soap.sforce.com"><env:Header><SessionHeader><sessionId>${accessToken.replace(/[<&]/g, '')}</sessionId></SessionHeader></env:Header><env:Body><getUserInfo/></env:Body></env:Envelope>`;

/** Empty where the currency is unknown: amounts are not compared with it then. */
async function onlyCurrency(rest: Rest): Promise<string[]> {
  try {
    return await rest.call({
      method: 'POST',
      path: `/services/Soap/u/${rest.apiVersion}`,
      xml: ENVELOPE,
      headers: { soapaction: '""' },
      accept: 'text/xml',
      read: (text) => text.match(/(?<=<orgDefaultCurrencyIsoCode>)[A-Z]{3}(?=<)/g) ?? [],
      schema: z.array(z.string()),
    });
  } catch (error) {
    // The SOAP API reports an expired token with its own fault, not with 401. A retry for that alone is not worth its cost.
    if (error instanceof PeerError && policyOf(error.fault).pausesAll === 'no') return [];
    throw error;
  }
}
