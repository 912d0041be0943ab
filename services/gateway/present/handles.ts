/** The username in `alice`, `@alice` or `@alice@this.host`; undefined for a handle of elsewhere or no handle at all. */
export function localUsername(handle: string, domain: string): string | undefined {
  const match = /^@?([A-Za-z0-9_]{1,100})(?:@([^@\s]+))?$/.exec(handle.trim());
  if (match === null) return undefined;
  if (match[2] !== undefined && match[2].toLowerCase() !== domain.toLowerCase()) return undefined;
  return match[1];
}
