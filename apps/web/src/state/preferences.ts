import { useSyncExternalStore } from 'react';
import { readCookie, writeCookie } from './cookie.ts';
import { type Preferences, parsePreferences } from './preference-values.ts';

/** In a cookie, because signing out clears everything else that a page keeps: how large somebody wants letters to be is not about an account. */
const COOKIE = 'plaza-look';
const listeners = new Set<() => void>();
let current = parsePreferences(readCookie(COOKIE) ?? '');

export function preferences(): Preferences {
  return current;
}

export function setPreferences(change: Partial<Preferences>): void {
  current = { ...current, ...change };
  writeCookie(COOKIE, JSON.stringify(current));
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
