/** Where a code is shown to the person instead of being sent to the app. */
export const OUT_OF_BAND = 'urn:ietf:wg:oauth:2.0:oob';

/** At the consent the library takes the address apart, and Node is about to refuse to do that with a URN. It never leaves this folder. */
const STAND_IN = 'https://out-of-band.invalid/';

export function libraryUri(uri: string): string {
  return uri === OUT_OF_BAND ? STAND_IN : uri;
}

export function registeredUri(uri: string): string {
  return uri === STAND_IN ? OUT_OF_BAND : uri;
}

const MAX_CHARACTERS = 2_000;
/** Schemes that a browser would run or that lead into the machine. */
const REFUSED_SCHEMES: ReadonlySet<string> = new Set([
  'javascript:',
  'data:',
  'vbscript:',
  'blob:',
  'file:',
  'about:',
  'view-source:',
]);

/**
 * Whether an app may register this address: absolute and without a fragment, as RFC 6749 asks; any scheme that does not run in the browser, because
 * native apps have schemes of their own. Addresses are later compared letter by letter.
 */
export function isRegistrable(uri: string): boolean {
  if (uri === OUT_OF_BAND) return true;
  if (uri === STAND_IN || uri.length > MAX_CHARACTERS || /[\s\p{Cc}<>"\\^`{|}#]/u.test(uri)) return false;
  let url: URL;
  try {
    url = new URL(uri);
  } catch {
    return false;
  }
  if (REFUSED_SCHEMES.has(url.protocol) || url.username !== '' || url.password !== '') return false;
  if (url.protocol === 'http:' || url.protocol === 'https:') return url.hostname !== '';
  return url.protocol !== 'urn:';
}
