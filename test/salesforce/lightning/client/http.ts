// Requests of a page to its org. The cookie signs them in; a header that no foreign page can set says that they are the
// page's own. An ended session is reported to the listener that has the reader sign in again.
// Source: LWC guide, "Handle Errors in Lightning Data Service" (FetchResponse).

export interface FetchError {
  ok: false;
  status: number;
  statusText: string;
  body: unknown;
  headers: Record<string, string>;
  errorType: 'fetchResponse';
}

export interface Connection {
  fetch(url: string, init: RequestInit): Promise<Response>;
  /** For example `/services/data/v68.0`. */
  base: string;
  /** Called once with the first request that is refused because the session has ended. */
  onSessionEnd?: () => void;
}

let connection: Connection = { fetch: (url, init) => fetch(url, init), base: '/services/data/v68.0' };

export function connectTo(other: Partial<Connection>): void {
  connection = { ...connection, ...other };
}

/**
 * @param path below the API's version, for example `/ui-api/records`
 * @throws FetchError for every answer that is no success; `status` is 0 where the org cannot be reached
 */
export async function request(
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<unknown> {
  let response: Response;
  try {
    response = await connection.fetch(`${connection.base}${path}`, {
      method,
      credentials: 'same-origin',
      headers: {
        accept: 'application/json',
        'x-requested-with': 'lightning',
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  } catch {
    throw failure(0, 'Disconnected', { message: 'Disconnected or Canceled' });
  }
  const text = await response.text();
  const answer = parsed(text);
  if (response.ok) return answer;
  if (response.status === 401) connection.onSessionEnd?.();
  throw failure(response.status, response.statusText, answer);
}

function parsed(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return { message: text };
  }
}

function failure(status: number, statusText: string, body: unknown): FetchError {
  return { ok: false, status, statusText, body, headers: {}, errorType: 'fetchResponse' };
}
