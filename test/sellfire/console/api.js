// The console's routes. A refusal is an Error with the sentence that Sellfire gives for it.

/** @returns the answer as JSON. @throws Error with a message for the user. */
export async function ask(method, path, body) {
  let response;
  try {
    response = await fetch(`api/${path}`, {
      method,
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
  } catch {
    throw new Error('Sellfire does not answer. Is it still running?');
  }
  const answer = await response.json();
  if (response.ok) return answer;
  throw Object.assign(new Error(answer.detail ?? `Sellfire answered ${response.status}.`), { field: answer.field });
}

export const get = (path) => ask('GET', path);
export const post = (path, body = {}) => ask('POST', path, body);
