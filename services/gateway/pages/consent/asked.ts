import type { AuthenticationService } from '#contracts/services/authentication.ts';
import type { SentFields } from '../frame/sent-fields.ts';

/** What an app asks for when it sends a person here, as it stands in the query and later in the form. */
export interface Asked {
  readonly client_id: string;
  readonly redirect_uri: string;
  readonly response_type: string;
  readonly scope: string;
  readonly state: string;
  readonly code_challenge: string;
  readonly code_challenge_method: string;
}

/** The parameters that are kept through sign-in and consent, with their longest form. */
const PARAMETERS: Readonly<Record<keyof Asked, number>> = {
  client_id: 100,
  redirect_uri: 2_000,
  response_type: 20,
  scope: 2_000,
  state: 2_000,
  code_challenge: 200,
  code_challenge_method: 10,
};

export function readAsked(fields: SentFields): Asked {
  return Object.fromEntries(
    Object.entries(PARAMETERS).map(([name, maxLength]) => [name, fields.text(name, maxLength)]),
  ) as unknown as Asked;
}

/** The address of the consent page for the same question. */
export function addressOf(asked: Asked): string {
  const query = new URLSearchParams(Object.entries(asked).filter(([, value]) => value !== ''));
  return `/oauth/authorize?${query}`;
}

/** The question as the authentication service takes it: what was not sent is left out. */
export function requestOf(asked: Asked): Parameters<AuthenticationService['authorize']>[0] {
  return {
    clientId: asked.client_id,
    redirectUri: asked.redirect_uri,
    responseType: asked.response_type,
    ...(asked.scope === '' ? {} : { scope: asked.scope }),
    ...(asked.state === '' ? {} : { state: asked.state }),
    ...(asked.code_challenge === '' ? {} : { codeChallenge: asked.code_challenge }),
    ...(asked.code_challenge_method === '' ? {} : { codeChallengeMethod: asked.code_challenge_method }),
  };
}
