import { useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();
let keptMs: number | null = null;

/** When the home was kept that is shown now; null while it comes from the server. */
export function useHomeAge(): number | null {
  return useSyncExternalStore(subscribe, homeAge);
}

export function homeAge(): number | null {
  return keptMs;
}

export function setHomeAge(ms: number | null): void {
  if (ms === keptMs) return;
  keptMs = ms;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
