import { useSyncExternalStore } from 'react';

/** How somebody likes the client to be, on this device. */
export interface Preferences {
  readonly theme: 'system' | 'light' | 'dark';
  readonly textSize: 'small' | 'medium' | 'large' | 'huge';
  readonly motion: 'system' | 'reduced';
  /** `system`: the first language of the browser that there is a catalogue for. */
  readonly language: 'system' | 'en' | 'de';
}

const KEY = 'plaza-preferences';
const DEFAULTS: Preferences = { theme: 'system', textSize: 'medium', motion: 'system', language: 'system' };
const listeners = new Set<() => void>();
let current = read();

export function preferences(): Preferences {
  return current;
}

export function setPreferences(change: Partial<Preferences>): void {
  current = { ...current, ...change };
  localStorage.setItem(KEY, JSON.stringify(current));
  applyPreferences();
  for (const listener of listeners) listener();
}

export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribe, preferences);
}

/** Tells the style sheets. */
export function applyPreferences(): void {
  const { dataset } = document.documentElement;
  dataset.theme = current.theme;
  dataset.textSize = current.textSize;
  dataset.motion = current.motion;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function read(): Preferences {
  try {
    return { ...DEFAULTS, ...(JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Preferences>) };
  } catch {
    return DEFAULTS;
  }
}
