import type { AuthorFacts } from '#contracts/model/account.ts';

/** What is known of one pair, and under which epochs it was read. */
export interface KnownFacts {
  readonly viewerEpoch: number;
  readonly authorEpoch: number;
  /** Without regard to time: a timed mute counts as one. */
  readonly facts: AuthorFacts;
  /** When the mute in `facts` ends; Infinity where it does not. */
  readonly muteUntilMs: number;
}

/** Pairs of one generation; a pair takes some 250 bytes, and two generations are kept. */
const PAIRS_PER_GENERATION = 50_000;

/**
 * Facts about pairs, each valid only under the epochs of both sides.
 *
 * Why it is never stale: whoever changes what one account may see of another (follow, block, mute, state) raises the epoch of one of the
 * two in the same transaction, and epochs never go back. A request reads the epochs of both from the primary first, and the rows of the pair
 * only after them. So facts kept under (e, f) hold at least everything committed up to (e, f); and once a change is acknowledged, every later
 * request, on any process, reads another epoch and finds no entry. That rows may be younger than the epochs they are kept under does no harm: they
 * are then asked for only by requests that began before the change was acknowledged.
 */
export class FactsCache {
  #young = new Map<string, Map<string, KnownFacts>>();
  #old = new Map<string, Map<string, KnownFacts>>();
  #pairs = 0;

  /** The pairs of one viewer, to look several up. */
  of(viewerId: string): ViewerFacts {
    return { young: this.#young.get(viewerId), old: this.#old.get(viewerId) };
  }

  set(viewerId: string, authorId: string, known: KnownFacts): void {
    if (this.#pairs >= PAIRS_PER_GENERATION) {
      this.#old = this.#young;
      this.#young = new Map();
      this.#pairs = 0;
    }
    let pairs = this.#young.get(viewerId);
    if (pairs === undefined) {
      pairs = new Map();
      this.#young.set(viewerId, pairs);
    }
    pairs.set(authorId, known);
    this.#pairs += 1;
  }
}

export interface ViewerFacts {
  readonly young: ReadonlyMap<string, KnownFacts> | undefined;
  readonly old: ReadonlyMap<string, KnownFacts> | undefined;
}
