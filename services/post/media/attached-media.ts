import type { Media } from '#contracts/model/post.ts';
import type { Clock } from '#platform/clock/clock.ts';
import type { Relational } from '#ports/relational/port.ts';
import type { PostMedia } from '../media-port.ts';
import type { MediaStore } from './media-store.ts';
import { mediaOf } from './row.ts';
import { claim } from './scripts/claim.ts';
import { describeAll, type MediaDetail } from './scripts/describe.ts';
import { release } from './scripts/let-go.ts';
import { CHECK_CLAIMS_AFTER_MS } from './times.ts';

export interface AttachedMediaTools {
  readonly clock: Clock;
  readonly relational: Relational;
  readonly store: MediaStore;
  /** Called when files have to be removed. */
  readonly condemned: () => void;
}

/** Media as posts use them. */
export class AttachedMedia implements PostMedia {
  readonly #tools: AttachedMediaTools;

  constructor(tools: AttachedMediaTools) {
    this.#tools = tools;
  }

  async claim(mediaIds: readonly string[], ownerId: string, postId: string, heldBy?: string): Promise<Media[]> {
    if (mediaIds.length === 0) return [];
    const { clock, relational } = this.#tools;
    const checkMs = clock.now() + CHECK_CLAIMS_AFTER_MS;
    const rows = await relational.run(claim, { mediaIds, ownerId, postId, heldBy: heldBy ?? null, checkMs });
    return rows.map(mediaOf);
  }

  of(mediaIds: readonly string[]): Promise<Media[]> {
    return this.#tools.store.many(mediaIds);
  }

  async describe(details: readonly MediaDetail[], ownerId: string): Promise<boolean> {
    if (details.length === 0) return false;
    return this.#tools.relational.run(describeAll, { details, ownerId });
  }

  async release(postId: string, mediaIds: readonly string[] | 'all', deleteNow: boolean): Promise<void> {
    const { clock, relational, store, condemned } = this.#tools;
    if (mediaIds.length === 0) return;
    // Most posts have none, and asking is cheaper than a transaction.
    if (mediaIds === 'all' && !(await store.hasPost(postId))) return;
    await relational.run(release, { postId, mediaIds, deleteNow, nowMs: clock.now() });
    if (deleteNow) condemned();
  }
}
