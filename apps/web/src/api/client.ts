import createClient, { type Middleware } from 'openapi-fetch';
import type { paths } from '../../generated/api.ts';
import { boot } from '../app/boot.ts';
import { CLIENT_HEADER } from './client-header.ts';
import { failureOf, offlineFailure } from './failure.ts';

const ATTEMPT_MS = 20_000;

const failures: Middleware = {
  async onResponse({ response }) {
    if (!response.ok) throw await failureOf(response);
    return undefined;
  },
};

/** The public API of this place. What is no success is thrown as an `ApiFailure`. */
export const api = createClient<paths>({
  baseUrl: location.origin,
  headers: boot.account === null ? {} : { [CLIENT_HEADER]: 'web' },
  credentials: 'same-origin',
  fetch: fetchInTime,
  // Lists of the API are written `id[]=1&id[]=2`, and named so in its document.
  querySerializer: (query) => {
    const search = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) {
      if (Array.isArray(value))
        for (const one of value) search.append(name.endsWith('[]') ? name : `${name}[]`, String(one));
      else if (value !== undefined && value !== null) search.append(name, String(value));
    }
    return search.toString();
  },
});
api.use(failures);

/** A request that hangs is given up, so that the screen can say so. */
async function fetchInTime(request: Request): Promise<Response> {
  const signal = AbortSignal.any([request.signal, AbortSignal.timeout(ATTEMPT_MS)]);
  try {
    return await fetch(request, { signal });
  } catch (error) {
    if (request.signal.aborted) throw error;
    throw offlineFailure();
  }
}

/** The body of an answer that is there: failures were thrown already. */
export async function answered<T>(call: Promise<{ data?: T; response: Response }>): Promise<T> {
  return (await call).data as T;
}
