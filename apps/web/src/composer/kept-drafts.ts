import type { Draft } from './draft.ts';
import { emptyDraft, isBlank } from './draft.ts';

const PREFIX = 'plaza-draft';

/** A draft on this device, and when it was last changed. */
export interface KeptDraft {
  readonly draft: Draft;
  readonly atMs: number;
}

const keyOf = (accountId: string, slot: string) => `${PREFIX} ${accountId} ${slot}`;

/** Keeps a draft through reload, close and crash; one that says nothing is forgotten. What is not uploaded yet cannot be kept. */
export function keepDraft(accountId: string, draft: Draft, nowMs = Date.now()): void {
  const media = draft.media.filter(({ state }) => state === 'ready');
  const kept: KeptDraft = { draft: { ...draft, media }, atMs: nowMs };
  if (isBlank(kept.draft)) {
    forgetDraft(accountId, draft.slot);
    return;
  }
  try {
    localStorage.setItem(keyOf(accountId, draft.slot), JSON.stringify(kept));
  } catch {
    // A full or closed store must not keep anybody from writing on.
  }
}

export function keptDraft(accountId: string, slot: string): Draft | undefined {
  return read(keyOf(accountId, slot))?.draft;
}

export function forgetDraft(accountId: string, slot: string): void {
  localStorage.removeItem(keyOf(accountId, slot));
}

/** All of an account on this device, the newest first. */
export function keptDrafts(accountId: string): KeptDraft[] {
  return draftKeys()
    .filter((key) => key.startsWith(keyOf(accountId, '')))
    .flatMap((key) => read(key) ?? [])
    .sort((a, b) => b.atMs - a.atMs);
}

function draftKeys(): string[] {
  return Object.keys(localStorage).filter((key) => key.startsWith(`${PREFIX} `));
}

/** What an older version of this client kept may lack what a draft has now. */
function read(key: string): KeptDraft | undefined {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? 'null') as KeptDraft | null;
    if (kept === null) return undefined;
    const base = emptyDraft({ visibility: 'public', sensitive: false, language: '' });
    return { ...kept, draft: { ...base, ...kept.draft } };
  } catch {
    return undefined;
  }
}
