/** A key by which the server knows an attempt again. Not `randomUUID`, which pages without TLS do not have. */
export function newIdempotencyKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

let last: { readonly what: string; readonly key: string } | undefined;

/** The same key while the same is sent: an attempt after a failure makes no second post. */
export function keyFor(what: unknown): string {
  const text = JSON.stringify(what);
  if (last?.what !== text) last = { what: text, key: newIdempotencyKey() };
  return last.key;
}

/** What was sent is done: the same words sent again are another post. */
export function forgetKey(): void {
  last = undefined;
}
