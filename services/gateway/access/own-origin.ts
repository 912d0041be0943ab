/**
 * The public origin, or the very host that the browser asked: the same machine by another name, as `127.0.0.1` for `localhost`. A page that came
 * without encryption is no page of a place that has it: whoever sits on the line wrote it.
 */
export function isOwnOrigin(given: string, origin: string, host: string | undefined): boolean {
  if (given === origin) return true;
  if (host === undefined || !URL.canParse(given)) return false;
  const { host: from, protocol } = new URL(given);
  return from === host.toLowerCase() && (protocol === 'https:' || !origin.startsWith('https:'));
}
