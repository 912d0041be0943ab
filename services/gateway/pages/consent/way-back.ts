/** Where a code is shown to the person instead of being sent to the app. */
export const OUT_OF_BAND = 'urn:ietf:wg:oauth:2.0:oob';

/** The app's address with what it is told. The address itself stays letter by letter: apps compare it, and some are no web addresses. */
export function wayBack(redirectUri: string, told: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams(Object.entries(told).filter(([, value]) => value !== ''));
  const address = `${redirectUri}${redirectUri.includes('?') ? '&' : '?'}${query}`;
  // A header holds ASCII only.
  return address.toWellFormed().replace(/[^\x21-\x7e]/gu, encodeURIComponent);
}

const PLAIN_HOST = /^[a-z0-9.-]+(:[0-9]+)?$/;

/**
 * The source for `form-action` that lets a form lead to this address. Browsers hold a form to it through redirects. A web address is named by its origin; a
 * scheme of an app, and a host that a policy cannot spell (`[::1]`), by the scheme.
 */
export function formTarget(redirectUri: string): string | undefined {
  if (redirectUri === OUT_OF_BAND || !URL.canParse(redirectUri)) return undefined;
  const { protocol, host } = new URL(redirectUri);
  const isWeb = protocol === 'http:' || protocol === 'https:';
  return isWeb && PLAIN_HOST.test(host) ? `${protocol}//${host}` : protocol;
}

/** How a person may recognise where they go next: the host of a web address, or the scheme of an app on this device. */
export function destination(redirectUri: string): string | undefined {
  if (redirectUri === OUT_OF_BAND || !URL.canParse(redirectUri)) return undefined;
  const { protocol, host } = new URL(redirectUri);
  return protocol === 'http:' || protocol === 'https:' ? host : `an app on this device (${protocol})`;
}
