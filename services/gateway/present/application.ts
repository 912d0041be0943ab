import type { App } from '#contracts/services/authentication.ts';

/** An `Application`, without its secrets. */
export function applicationJson(app: App) {
  return {
    id: app.id,
    name: app.name,
    website: app.website,
    scopes: app.scopes,
    redirect_uri: app.redirectUris.join('\n'),
    redirect_uris: app.redirectUris,
    // Push messages are not sent here, so there is no key to check them by.
    vapid_key: '',
  };
}
