/** The part of a kept list that was asked for by its cursors; undefined where what is kept does not reach there. */
export function keptRange<T extends { readonly id: string }>(
  items: readonly T[],
  { max_id, min_id, since_id }: { readonly max_id?: string; readonly min_id?: string; readonly since_id?: string },
): readonly T[] | undefined {
  const at = (id: string) => items.findIndex((item) => item.id === id);
  if (since_id !== undefined) return undefined;
  if (max_id !== undefined) {
    const from = at(max_id);
    return from === -1 || from === items.length - 1 ? undefined : items.slice(from + 1);
  }
  if (min_id !== undefined) {
    const to = at(min_id);
    return to === -1 ? undefined : items.slice(0, to);
  }
  return items.length === 0 ? undefined : items;
}
