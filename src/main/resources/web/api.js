// Calls of the REST API. The secrets go into the Authorization header and nowhere else: not into
// urls, and not past the tab (sessionStorage).

const BASE = new URL('..', import.meta.url);
const KEY = 'watchpost.secrets';

export const session = {
  get: () => JSON.parse(sessionStorage.getItem(KEY)),
  set: (secrets) => sessionStorage.setItem(KEY, JSON.stringify(secrets)),
  clear: () => sessionStorage.removeItem(KEY),
};

/** An answer that is no 2xx, in the API's own words. Status 0: no answer came. */
export class Refused extends Error {
  constructor(status, { message, providerMessage, errors, requestId } = {}, retryAfter = 0) {
    super(message ?? `Watchpost answered ${status}`);
    this.status = status;
    this.providerMessage = providerMessage;
    this.errors = errors ?? [];
    this.requestId = requestId;
    /** Seconds. */
    this.retryAfter = retryAfter;
  }
}

/** `path` of texts, each one segment: ['instances', 7, 'events']. */
function url(path, query) {
  const target = new URL(path.map((segment) => encodeURIComponent(segment)).join('/'), BASE);
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== null && value !== '') {
      target.searchParams.set(name, value);
    }
  }
  return target;
}

function headers(secrets, body) {
  try {
    return new Headers({
      Authorization: `User ${secrets.user}, Organization ${secrets.organization}`,
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    });
  } catch {
    throw new Refused(401, { message: 'a secret holds characters that no secret has' });
  }
}

/**
 * @returns {Promise<{data, total: number|null, next: string|null}>} data: null where there is no body
 * @throws {Refused}
 */
export async function call(method, path, { query, body, secrets = session.get() } = {}) {
  if (!secrets) {
    throw new Refused(401, { message: 'sign in first' });
  }
  const request = {
    method,
    headers: headers(secrets, body),
    body: body === undefined ? undefined : JSON.stringify(body),
    cache: 'no-store',
  };
  let answer;
  let text;
  try {
    answer = await fetch(url(path, query), request);
    text = await answer.text();
  } catch {
    throw new Refused(0, { message: 'Watchpost does not answer' });
  }
  const data = parsed(text);
  if (!answer.ok) {
    throw new Refused(answer.status, data ?? {}, Number(answer.headers.get('Retry-After')) || 0);
  }
  const total = answer.headers.get('Elements-Total-Count');
  return {
    data,
    total: total === null ? null : Number(total),
    next: answer.headers.get('Elements-Next-Page-Token'),
  };
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export const get = (path, query) => call('GET', path, { query });
