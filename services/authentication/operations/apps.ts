import type { AuthenticationService } from '#contracts/services/authentication.ts';
import { invalid, notFound } from '#platform/errors/errors.ts';
import { randomToken } from '#platform/random/random.ts';
import { DEFAULT_SCOPE, parseScopes } from '#policies/permissions/scopes.ts';
import { cleanLine } from '#policies/text/clean.ts';
import { isRegistrable } from '../oauth/redirect-uris.ts';
import type { Parts } from '../parts.ts';
import { digest } from '../secrets/digest.ts';
import { checkAll } from '../sign-up-rules.ts';
import { presentApp } from '../store/apps.ts';
import type { AppsTable } from '../store/tables.ts';

type RegisterInput = Parameters<AuthenticationService['registerApp']>[0];

/** Anyone: an app can do nothing until a person agrees. */
export function registerApp({
  apps,
  ids,
  clock,
  random,
}: Pick<Parts, 'apps' | 'ids' | 'clock' | 'random'>): AuthenticationService['registerApp'] {
  return async (input) => {
    const website = input.website?.trim() || null;
    await checkAll([
      () => checkName(input.name),
      () => checkRedirects(input.redirectUris),
      () => void scopesOf(input),
      () => checkWebsite(website),
    ]);
    const clientSecret = randomToken(random);
    const row: AppsTable = {
      app_id: ids.next(),
      client_id: randomToken(random),
      secret_digest: digest(clientSecret),
      name: cleanLine(input.name),
      website,
      redirect_uris: JSON.stringify([...new Set(input.redirectUris)]),
      scopes: scopesOf(input).join(' '),
      created_ms: clock.now(),
      used: 0,
    };
    await apps.insert(row);
    return { app: presentApp(row), clientSecret };
  };
}

/** Anyone: what an app says of itself is public. */
export function getApp({ apps }: Pick<Parts, 'apps'>): AuthenticationService['getApp'] {
  return async ({ appId }) => {
    const row = await apps.byId(appId);
    if (row === undefined) throw notFound();
    return presentApp(row);
  };
}

function checkName(name: string): void {
  if (cleanLine(name) === '') throw invalid('client_name', 'ERR_BLANK', "Application name can't be blank");
}

function checkRedirects(uris: readonly string[]): void {
  if (uris.length === 0) throw invalid('redirect_uris', 'ERR_BLANK', "Redirect URI can't be blank");
  if (!uris.every(isRegistrable)) throw invalid('redirect_uris', 'ERR_INVALID', 'Redirect URI must be an absolute URI');
}

function scopesOf(input: RegisterInput): readonly string[] {
  const scopes = parseScopes(input.scopes.trim() === '' ? DEFAULT_SCOPE : input.scopes);
  if (scopes === undefined) throw invalid('scopes', 'ERR_INVALID', "Scopes doesn't match configured on the server.");
  return scopes;
}

/** Shown as a link: only addresses of the web. */
function checkWebsite(website: string | null): void {
  if (website !== null && !(URL.canParse(website) && /^https?:$/.test(new URL(website).protocol)))
    throw invalid('website', 'ERR_INVALID', 'Website must be a web address');
}
