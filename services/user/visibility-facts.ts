import type { AccountState, AuthorFacts } from '#contracts/model/account.ts';
import type { Clock } from '#platform/clock/clock.ts';
import { recording } from '#platform/remembering/recording.ts';
import type { Relational } from '#ports/relational/port.ts';
import { strangerFacts } from './facts.ts';
import { languagesOf, type OtherSide, type OwnSide } from './relationship.ts';
import { FactsCache, type KnownFacts } from './store/facts-cache.ts';
import { type Head, readHeads } from './store/heads.ts';
import { readPairs } from './store/pairs.ts';
import { type CacheUse, noCacheUse } from './telemetry.ts';

/** Facts for one viewer. Those of the authors stand in the order asked for and are shared between requests: nobody changes them. */
export interface Facts {
  readonly viewerState: AccountState | null;
  readonly facts: AuthorFacts[];
}

export type FactsReader = (viewerId: string | null, authorIds: readonly string[]) => Promise<Facts>;

/**
 * Answers what decides visibility: one query for the epochs of everybody concerned, from the primary, and a second one only for pairs that are
 * not known under these epochs.
 */
export function factsReader(relational: Relational, clock: Clock, use: CacheUse = noCacheUse()): FactsReader {
  const cache = new FactsCache();

  return async (viewerId, authorIds) => {
    if (viewerId === null) return forStrangers(await readHeads(relational, authorIds), authorIds);
    const heads = await readHeads(relational, authorIds.length === 0 ? [viewerId] : [viewerId, ...authorIds]);
    return forViewer(viewerId, authorIds, heads);
  };

  async function forViewer(viewerId: string, authorIds: readonly string[], heads: readonly Head[]): Promise<Facts> {
    const byId = mapById(heads);
    const viewer = byId.get(viewerId);
    if (viewer === undefined) return { ...forStrangers(heads, authorIds), viewerState: null };
    const { young, old } = cache.of(viewerId);
    const nowMs = clock.now();
    const facts = new Array<AuthorFacts>(authorIds.length);
    let missing: number[] | undefined;
    for (let i = 0; i < authorIds.length; i++) {
      const id = authorIds[i]!;
      const author = byId.get(id);
      if (author === undefined) {
        facts[i] = strangerFacts(id, 'deleted');
        continue;
      }
      let known = young?.get(id);
      if (known === undefined && old !== undefined) {
        known = old.get(id);
        if (known !== undefined) cache.set(viewerId, id, known);
      }
      if (known !== undefined && known.viewerEpoch === viewer.epoch && known.authorEpoch === author.epoch) {
        facts[i] = atTime(known, nowMs);
      } else {
        missing ??= [];
        missing.push(i);
      }
    }
    use.hits += authorIds.length - (missing?.length ?? 0);
    use.misses += missing?.length ?? 0;
    if (missing !== undefined) await fillIn(missing, facts, viewer, authorIds, byId);
    return { viewerState: viewer.state, facts };
  }

  async function fillIn(
    missing: readonly number[],
    facts: AuthorFacts[],
    viewer: Head,
    authorIds: readonly string[],
    byId: ReadonlyMap<string, Head>,
  ): Promise<void> {
    const ids = missing.map((index) => authorIds[index]!);
    const pairs = await readPairs(relational, viewer.id, ids);
    const nowMs = clock.now();
    for (const index of missing) {
      const id = authorIds[index]!;
      const author = byId.get(id)!;
      const known = knownFacts(viewer, author, pairs.own.get(id), pairs.other.get(id));
      cache.set(viewer.id, id, known);
      facts[index] = atTime(known, nowMs);
    }
  }
}

function mapById(heads: readonly Head[]): Map<string, Head> {
  const byId = new Map<string, Head>();
  for (const head of heads) byId.set(head.id, head);
  return byId;
}

function forStrangers(heads: readonly Head[], authorIds: readonly string[]): Facts {
  const byId = mapById(heads);
  return { viewerState: null, facts: authorIds.map((id) => strangerFacts(id, byId.get(id)?.state ?? 'deleted')) };
}

/** A mute whose time is over is as if it were not there, also in facts that were kept. */
function atTime({ facts, muteUntilMs }: KnownFacts, nowMs: number): AuthorFacts {
  if (!facts.muting) return facts;
  if (muteUntilMs <= nowMs) return { ...facts, muting: false };
  recording()?.until(muteUntilMs);
  return facts;
}

function knownFacts(viewer: Head, author: Head, own: OwnSide | undefined, other: OtherSide | undefined): KnownFacts {
  const following = own !== undefined && own.follow_id !== null;
  return {
    viewerEpoch: viewer.epoch,
    authorEpoch: author.epoch,
    facts: {
      id: author.id,
      state: author.state,
      following,
      showingReposts: following && own.show_reposts === 1,
      languages: following ? languagesOf(own.languages) : [],
      blocking: own !== undefined && own.block_id !== null,
      blockedBy: other !== undefined && other.block_id !== null,
      muting: own !== undefined && own.mute_id !== null,
    },
    muteUntilMs: own?.mute_until_ms ?? Number.POSITIVE_INFINITY,
  };
}
