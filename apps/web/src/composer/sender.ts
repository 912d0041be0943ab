import { navigate } from 'wouter/use-browser-location';
import { ApiFailure } from '../api/failure.ts';
import type { Status } from '../api/types.ts';
import { me } from '../app/boot.ts';
import { t } from '../i18n/translate.ts';
import { pathOfPost } from '../posts/paths.ts';
import { failureWords } from '../ui/failure-notice.tsx';
import { toast } from '../ui/toasts.tsx';
import { giveBackDraft } from './current-drafts.ts';
import { type Draft, untoldMedia } from './draft.ts';
import { newIdempotencyKey } from './idempotency-key.ts';
import { composerIsOpen, openComposer } from './open.ts';
import { NotSentYet, OUTBOX_TAG, sendWaiting, takeFromOutbox } from './outbox.ts';
import { eraseOutbox, type OutboxEntry, outboxEntries, putIntoOutbox, removeFromOutbox } from './outbox-store.ts';
import { POST_REFUSALS } from './refusals.ts';
import { postBody } from './request.ts';
import { removeSavedDraft } from './saved-drafts.ts';
import { showPosted } from './send.ts';

/** For so long a post may be taken back before anybody else sees it. */
const UNDO_MS = 5_000;
const FIRST_RETRY_MS = 4_000;
const LAST_RETRY_MS = 60_000;

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setTimeout> | undefined;
let failures = 0;
let started = false;

/** Sends what waits when its time has come and when the network is back. */
export function startSender(): void {
  if (started) return;
  started = true;
  addEventListener('online', () => void drain());
  addEventListener('pagehide', () => void wakeWorker());
  void drain();
}

/** Takes a finished post: it is safe from now on, and sent when it can no longer be taken back. */
export async function postSoon(draft: Draft): Promise<void> {
  const entry: OutboxEntry = {
    key: newIdempotencyKey(),
    account: me().id,
    dueMs: Date.now() + UNDO_MS,
    media: untoldMedia(draft),
    body: postBody(draft),
    draft,
  };
  await putIntoOutbox(entry);
  tell();
  const undo = { label: t('common.undo'), run: () => void takeBack(entry) };
  toast(t(navigator.onLine ? 'composer.posting' : 'composer.waiting'), undo, UNDO_MS);
  if (!navigator.onLine) void wakeWorker();
  void drain();
}

/** Gives a post that waits back to the composer. */
export async function takeBack({ key, draft }: OutboxEntry): Promise<void> {
  const inTime = await takeFromOutbox(key);
  tell();
  if (inTime) openComposer({ draft: await giveBackDraft(draft) });
  else toast(t('composer.tooLate'));
}

export async function dropWaiting({ key }: OutboxEntry): Promise<void> {
  await takeFromOutbox(key);
  tell();
}

/** What is not sent yet. */
export async function waitingPosts(): Promise<OutboxEntry[]> {
  return (await outboxEntries()).filter(({ account }) => account === me().id);
}

/** Hears of every change of what waits. */
export function onOutboxChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

async function drain(): Promise<void> {
  try {
    await dropForeign();
    await sendWaiting(sent);
    failures = 0;
  } catch (error) {
    if (failures === 0 && navigator.onLine) toast(t('composer.waiting'));
    failures += 1;
    const waitMs = Math.min(FIRST_RETRY_MS * 2 ** (failures - 1), LAST_RETRY_MS);
    clearTimeout(timer);
    timer = setTimeout(() => void drain(), (error instanceof NotSentYet && error.retryAfterMs) || waitMs);
  } finally {
    await returnRefused();
    tell();
  }
}

/** Nobody's post is sent in the name of somebody else. */
async function dropForeign(): Promise<void> {
  const entries = await outboxEntries();
  if (entries.some(({ account }) => account !== me().id)) await eraseOutbox();
}

function sent(status: Status, { draft: { savedId } }: OutboxEntry): void {
  showPosted(status);
  tell();
  toast(t('composer.posted'), { label: t('composer.view'), run: () => navigate(pathOfPost(status)) });
  if (savedId !== null) void removeSavedDraft(savedId);
}

/** What the server refused is opened again with everything in it; whoever writes already finds it among the drafts. */
async function returnRefused(): Promise<void> {
  for (const { key, draft, refused } of await outboxEntries()) {
    if (refused === undefined) continue;
    const failure = new ApiFailure(refused.status, refused.body);
    const kept = await giveBackDraft(draft);
    await removeFromOutbox(key);
    const open = () => openComposer({ draft: kept, failure });
    if (composerIsOpen()) {
      toast(`${t('composer.refused')} ${failureWords(failure, POST_REFUSALS)}`, {
        label: t('composer.open'),
        run: open,
      });
    } else open();
  }
}

/** Where the browser can, a service worker sends what waits when this page cannot: without a network, or once it is closed. An open page sends by itself, because it shows what came of it. */
async function wakeWorker(): Promise<void> {
  const registration = (await navigator.serviceWorker?.getRegistration()) as
    | (ServiceWorkerRegistration & { readonly sync?: { register(tag: string): Promise<void> } })
    | undefined;
  await registration?.sync?.register(OUTBOX_TAG).catch(() => {});
}

function tell(): void {
  for (const listener of listeners) listener();
}
