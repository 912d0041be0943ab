import { useEffect, useState, useSyncExternalStore } from 'react';
import { me } from '../app/boot.ts';
import { type Draft, type DraftMedia, isBlank } from './draft.ts';
import { newIdempotencyKey } from './idempotency-key.ts';
import { forgetDraft, type KeptDraft, keepDraft, keptDraft, keptDrafts } from './kept-drafts.ts';

/** Drafts that were opened on this page: uploads go on in them when the composer is closed. */
const drafts = new Map<string, Draft>();
const listeners = new Set<() => void>();

/** Takes up what is kept at a place, else what is given. */
export function beginDraft(fresh: Draft): Draft {
  const { slot } = fresh;
  const known = drafts.get(slot);
  const working = known?.media.some(({ state }) => state !== 'ready') ? known : undefined;
  const draft = working ?? keptDraft(me().id, slot) ?? fresh;
  drafts.set(slot, draft);
  tell();
  return draft;
}

/** Puts a draft at its place, whatever is kept there. */
export function putDraft(draft: Draft): void {
  drafts.set(draft.slot, draft);
  keepDraft(me().id, draft);
  tell();
}

/** Changes a draft and keeps it at once. */
export function changeDraft(slot: string, change: (draft: Draft) => Draft): void {
  const draft = drafts.get(slot);
  if (draft !== undefined) putDraft(change(draft));
}

export function changeMedia(slot: string, key: string, change: Partial<DraftMedia>): void {
  changeDraft(slot, (draft) => ({
    ...draft,
    media: draft.media.map((one) => (one.key === key ? { ...one, ...change } : one)),
  }));
}

export function dropDraft(slot: string): void {
  drafts.delete(slot);
  forgetDraft(me().id, slot);
  tell();
}

/** Puts a draft back that had left its place; when another was begun there, it gets a place of its own. */
export function giveBackDraft(draft: Draft): Draft {
  const there = drafts.get(draft.slot) ?? keptDraft(me().id, draft.slot);
  const free = there === undefined || isBlank(there);
  const back = free ? draft : { ...draft, slot: `back:${newIdempotencyKey()}` };
  putDraft(back);
  return back;
}

export function currentDraft(slot: string): Draft | undefined {
  return drafts.get(slot);
}

export function useDraft(slot: string): Draft | undefined {
  return useSyncExternalStore(subscribe, () => drafts.get(slot));
}

/** What is kept on this device, and drawn again when it changes. */
export function useKeptDrafts(accountId: string): readonly KeptDraft[] {
  const [kept, setKept] = useState(() => keptDrafts(accountId));
  useEffect(() => subscribe(() => setKept(keptDrafts(accountId))), [accountId]);
  return kept;
}

function tell(): void {
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
