import { useSyncExternalStore } from 'react';
import type { Status } from '../api/types.ts';
import type { Draft } from './draft.ts';

/** What is to be written. */
export interface ComposerIntent {
  readonly replyTo?: Status;
  readonly edit?: Status;
  /** A draft that is taken up again. */
  readonly draft?: Draft;
  /** Text that is put into the post that is being written: a name, or what another app shared. */
  readonly text?: string;
  /** Why it was not taken when it was sent. */
  readonly failure?: unknown;
}

/** What is asked of the person in front of everything else. */
export type Asked =
  | { readonly kind: 'compose'; readonly intent: ComposerIntent }
  /** `redraft`: its text is taken up again. */
  | { readonly kind: 'delete'; readonly status: Status; readonly redraft: boolean }
  | { readonly kind: 'history'; readonly status: Status };

const listeners = new Set<() => void>();
let asked: Asked | null = null;
let askedAt = '';

/** Opens the composer over whatever is shown. */
export function openComposer(intent: ComposerIntent = {}): void {
  ask({ kind: 'compose', intent });
}

/** Asks once more, then deletes a post of one's own. */
export function askToDelete(status: Status, redraft: boolean): void {
  ask({ kind: 'delete', status, redraft });
}

/** Shows what a post said before it was edited. */
export function showHistory(status: Status): void {
  ask({ kind: 'history', status });
}

/** Whoever is writing just now, is not disturbed by another post. */
export function composerIsOpen(): boolean {
  return asked?.kind === 'compose';
}

export function closeAsked(): void {
  ask(null);
}

/** Whoever goes elsewhere leaves it. */
export function leaveAsked(path: string): void {
  if (asked !== null && path !== askedAt) ask(null);
}

export function useAsked(): Asked | null {
  return useSyncExternalStore(subscribe, () => asked);
}

function ask(next: Asked | null): void {
  asked = next;
  askedAt = location.pathname;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
