/** The username in `alice`, `@alice` or `@alice@this.host`; undefined for a handle of elsewhere or no handle at all. */
export function localUsername(handle: string, domain: string): string | undefined {
  const match = /^@?([A-Za-z0-9_]{1,100})(?:@([^@\s]+))?$/.exec(handle.trim());
  if (match === null) return undefined;
  if (match[2] !== undefined && match[2].toLowerCase() !== domain.toLowerCase()) return undefined;
  return match[1];
}

/** What to look for when somebody searches for people: the name of a handle of ours, or the text. Undefined for a handle of elsewhere. */
export function searchText(typed: string, domain: string): string | undefined {
  const text = typed.trim();
  if (text === '' || text === '@') return undefined;
  return /^@?[^@\s]+@[^@\s]+$/.test(text) ? localUsername(text, domain) : text.replace(/^@/, '');
}

/** The username in the address of a profile of ours (`https://this.host/@alice`). */
export function usernameInAddress(address: string, urls: { readonly origin: string }): string | undefined {
  if (!address.startsWith(`${urls.origin}/@`)) return undefined;
  return /^[A-Za-z0-9_]{1,100}$/.exec(address.slice(urls.origin.length + 2).replace(/\/$/, ''))?.[0];
}

/** The post in its address (`https://this.host/@alice/123`). */
export function postInAddress(address: string, urls: { readonly origin: string }): string | undefined {
  if (!address.startsWith(`${urls.origin}/@`)) return undefined;
  return /^[A-Za-z0-9_]{1,100}\/([1-9][0-9]{0,18})\/?$/.exec(address.slice(urls.origin.length + 2))?.[1];
}
