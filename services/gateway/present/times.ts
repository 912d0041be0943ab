/** `2026-01-02T03:04:05.678Z` of milliseconds since the epoch. */
export function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}

/** `2026-01-02`, in UTC. */
export function isoDate(ms: number): string {
  return isoTime(ms).slice(0, 10);
}
