/** Longer than any address that our pages make: an authorization request with everything at its longest. */
const MAX_LENGTH = 8_000;
const BASE = 'http://local.invalid';

/**
 * `next` as a path of ours, or `otherwise` when it is anything else. What comes back is rebuilt from what the URL parser understood, so that
 * nothing which browsers read differently (`//host`, `/\host`, tabs, other schemes) can lead away.
 */
export function localPath(next: string, otherwise = '/'): string {
  if (!next.startsWith('/') || next.length > MAX_LENGTH || !URL.canParse(next, BASE)) return otherwise;
  const url = new URL(next, BASE);
  const path = url.pathname + url.search;
  return url.origin === BASE && !/^\/[/\\]/.test(path) ? path : otherwise;
}

/** The address of a page with parameters; those that are empty or the way home are left out. */
export function pathWith(path: string, parameters: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams(
    Object.entries(parameters).filter(([name, value]) => value !== '' && !(name === 'next' && value === '/')),
  ).toString();
  return query === '' ? path : `${path}?${query}`;
}
