import { useSyncExternalStore } from 'react';

/** What of a post is folded until somebody asks for it. */
type Fold = 'warning' | 'media' | 'filter' | 'length';

const listeners = new Set<() => void>();
const choices = new Map<string, boolean>();

/** Whether a part of a post is open. What was opened stays so when the post leaves the window and comes back: it is not folded, and nothing jumps. */
export function useUnfolded(id: string, fold: Fold, atFirst: boolean): readonly [boolean, (open: boolean) => void] {
  const key = `${fold} ${id}`;
  const chosen = useSyncExternalStore(subscribe, () => choices.get(key));
  const choose = (open: boolean) => {
    choices.set(key, open);
    for (const listener of listeners) listener();
  };
  return [chosen ?? atFirst, choose];
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
