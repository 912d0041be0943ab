/** The public origin, or the very host that the browser asked: the same machine by another name, as `127.0.0.1` for `localhost`. */
export function isOwnOrigin(given: string, origin: string, host: string | undefined): boolean {
  if (given === origin) return true;
  return host !== undefined && URL.canParse(given) && new URL(given).host === host.toLowerCase();
}
