import { useEffect, useState, useSyncExternalStore } from 'react';
import { me } from '../app/boot.ts';
import { type Draft, type DraftMedia, isBlank } from './draft.ts';
import { newIdempotencyKey } from './idempotency-key.ts';
import { forgetDraft, type KeptDraft, keepDraft, keptDraft, keptDrafts } from './kept-drafts.ts';
import { leavePlace, tryPlace } from './places.ts';

/** Drafts that were opened on this page: uploads go on in them when the composer is closed. */
const drafts = new Map<string, Draft>();
const listeners = new Set<() => void>();

/** Takes up what is kept at a place, else what is given. */
export function beginDraft(fresh: Draft): Draft {
  const draft = workingDraft(fresh.slot) ?? keptDraft(me().id, fresh.slot) ?? fresh;
  drafts.set(fresh.slot, draft);
  tell();
  return draft;
}

/** After the composer has closed: another tab may go on there, unless files are still on their way. */
export function leaveDraft(slot: string): void {
  if (workingDraft(slot) === undefined) leavePlace(slot);
}

/** One with files that only this page has. */
function workingDraft(slot: string): Draft | undefined {
  const draft = drafts.get(slot);
  return draft?.media.some(({ state }) => state !== 'ready') ? draft : undefined;
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
export async function giveBackDraft(draft: Draft): Promise<Draft> {
  const own = await tryPlace(draft.slot);
  const there = workingDraft(draft.slot) ?? keptDraft(me().id, draft.slot);
  const free = own && (there === undefined || isBlank(there));
  const back = free ? draft : { ...draft, slot: `back:${newIdempotencyKey()}` };
  putDraft(back);
  if (own) leavePlace(draft.slot);
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
  // What other tabs keep and forget.
  addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    removeEventListener('storage', listener);
  };
}
