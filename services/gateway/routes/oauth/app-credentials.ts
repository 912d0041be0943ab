import { PlazaError } from '#platform/errors/errors.ts';
import { type Answer, json } from '../../http/answer.ts';
import type { ApiRequest } from '../../route.ts';

export interface AppCredentials {
  readonly clientId: string;
  /** Empty where the app sent none: it may prove itself otherwise. */
  readonly clientSecret: string;
}

type Request = Pick<ApiRequest<unknown, unknown, { client_id?: string; client_secret?: string }>, 'headers' | 'body'>;

const BASIC = /^Basic +([A-Za-z0-9+/]+=*)$/i;

/**
 * Who an app says it is: by `Authorization: Basic`, or by `client_id` and `client_secret` in the form or JSON (RFC 6749, section 2.3.1). Raises
 * `invalid_request` when both are there and differ, and `invalid_client` when there is neither.
 */
export function appCredentials({ headers, body }: Request): AppCredentials {
  const inBody = { clientId: body.client_id ?? '', clientSecret: body.client_secret ?? '' };
  const encoded = BASIC.exec(headers.authorization ?? '')?.[1];
  if (encoded === undefined) {
    if (inBody.clientId === '') throw invalidClient('client_id is missing');
    return inBody;
  }
  const text = Buffer.from(encoded, 'base64').toString();
  const at = text.indexOf(':');
  if (at === -1) throw invalidClient('the Authorization header holds no id and secret');
  const credentials = { clientId: formDecoded(text.slice(0, at)), clientSecret: formDecoded(text.slice(at + 1)) };
  const differs = (sent: string, own: string) => sent !== '' && sent !== own;
  if (differs(inBody.clientId, credentials.clientId) || differs(inBody.clientSecret, credentials.clientSecret)) {
    throw new PlazaError('bad_request', 'invalid_request', { description: 'The app names itself in two ways' });
  }
  return credentials;
}

/** Apps that used `Authorization: Basic` in vain are told so in its own terms; everything else is raised again. */
export function refusedCredentials(error: unknown, { headers }: Pick<ApiRequest, 'headers'>): Answer {
  const isRefused = error instanceof PlazaError && error.message === 'invalid_client';
  if (!isRefused || !BASIC.test(headers.authorization ?? '')) throw error;
  const body = { error: error.message, error_description: error.description ?? '' };
  return json(body, { 'www-authenticate': 'Basic realm="Plaza"' }, 401);
}

function invalidClient(description: string): PlazaError {
  return new PlazaError('unauthenticated', 'invalid_client', { description });
}

/** Id and secret are form-encoded inside the header. Those of ours need no escape, so what cannot be read is taken as it is. */
function formDecoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
