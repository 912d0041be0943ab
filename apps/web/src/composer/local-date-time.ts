/** A moment in local time, as fields of forms have it: `2026-01-31T12:00`. */
export function localDateTime(ms: number): string {
  const date = new Date(ms);
  return new Date(ms - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
