/** A page of a list, and the cursor of the one after it. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

/** Reads the cursor (`max_id`) of the next page from a `Link` header. */
export function nextCursor(response: Response): string | null {
  const link = response.headers.get('link') ?? '';
  const address = /<([^>]+)>;\s*rel="next"/.exec(link)?.[1];
  if (address === undefined) return null;
  return new URL(address, location.origin).searchParams.get('max_id');
}

/** A page of an answer. */
export async function pageOf<T>(call: Promise<{ data?: readonly T[]; response: Response }>): Promise<Page<T>> {
  const { data, response } = await call;
  return { items: data ?? [], next: nextCursor(response) };
}
