import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { AuthorFacts, Relationship } from '#contracts/model/account.ts';
import { type Random, seededRandom } from '#platform/random/random.ts';
import { openUserWorld, type UserWorld } from './testing/user-world.ts';

/** What a pair is in the naive model: numbers say when the edge was made. */
interface Edge {
  follow?: number;
  request?: number;
  block?: number;
  mute?: { since: number; untilMs: number };
  endorsed?: boolean;
  reposts?: boolean;
}

/** The graph as one would first write it down: no revisions, no epochs, no caches, no database. */
class NaiveGraph {
  readonly edges = new Map<string, Edge>();
  readonly locked = new Set<string>();
  readonly away = new Set<string>();
  #time = 0;

  edge(actor: string, target: string): Edge {
    const key = `${actor} ${target}`;
    let edge = this.edges.get(key);
    if (edge === undefined) {
      edge = {};
      this.edges.set(key, edge);
    }
    return edge;
  }

  follow(actor: string, target: string, reposts: boolean): boolean {
    const [own, other] = [this.edge(actor, target), this.edge(target, actor)];
    if (actor === target || own.block || other.block || this.away.has(actor) || this.away.has(target)) return false;
    if (!own.follow && !own.request) own[this.locked.has(target) ? 'request' : 'follow'] = ++this.#time;
    own.reposts = reposts;
    return true;
  }

  endFollow(edge: Edge): void {
    delete edge.follow;
    delete edge.request;
    delete edge.endorsed;
  }

  block(actor: string, target: string): boolean {
    const edge = this.edge(actor, target);
    if (this.away.has(actor) || (this.away.has(target) && !edge.block)) return false;
    if (actor === target || edge.block) return true;
    this.endFollow(edge);
    this.endFollow(this.edge(target, actor));
    edge.block = ++this.#time;
    return true;
  }

  mute(actor: string, target: string, untilMs: number, nowMs: number): boolean {
    const edge = this.edge(actor, target);
    const stands = edge.mute !== undefined && edge.mute.untilMs > nowMs;
    if (this.away.has(actor) || (this.away.has(target) && !stands)) return false;
    if (actor !== target) edge.mute = { since: stands ? edge.mute!.since : ++this.#time, untilMs };
    return true;
  }

  accept(owner: string, asker: string): void {
    const edge = this.edge(asker, owner);
    if (!edge.request) return;
    delete edge.request;
    edge.follow = ++this.#time;
  }

  unlock(owner: string, people: readonly string[]): void {
    this.locked.delete(owner);
    const waiting = people.filter((asker) => this.edge(asker, owner).request);
    waiting.sort((a, b) => this.edge(a, owner).request! - this.edge(b, owner).request!);
    for (const asker of waiting) this.accept(owner, asker);
  }

  /** Whoever stands in a list, latest first. */
  list(people: readonly string[], edgeOf: (other: string) => number | undefined): string[] {
    return people.filter((other) => edgeOf(other)).sort((a, b) => edgeOf(b)! - edgeOf(a)!);
  }
}

const PEOPLE = 5;
const STEPS = 500;
const SEED = process.env.SEED ?? randomBytes(4).toString('hex');

let world: UserWorld;
before(async () => {
  world = await openUserWorld();
});
after(() => world.close());

test(`the graph is what a naive graph is (SEED=${SEED})`, async () => {
  const random = seededRandom(SEED);
  const people = await world.people(PEOPLE, 'p');
  const model = new NaiveGraph();
  for (let step = 0; step < STEPS; step++) {
    const [actor, target] = [pick(random, people), pick(random, people)];
    const did = await act(random, model, people, actor, target);
    const message = `SEED=${SEED} step ${step}: ${did}`;
    for (const viewer of [actor, target]) await compareViewer(model, people, viewer, message);
  }
  await world.drain();
  await compareLists(model, people);
});

async function act(
  random: Random,
  model: NaiveGraph,
  people: string[],
  actor: string,
  target: string,
): Promise<string> {
  const { api } = world;
  const as = world.as(actor);
  const input = { accountId: target };
  const coin = number(random, 2) === 0;
  const [own, other] = [model.edge(actor, target), model.edge(target, actor)];
  const present = !model.away.has(actor);
  const done = (call: Promise<unknown>) =>
    call.then(
      () => true,
      () => false,
    );
  switch (number(random, 13)) {
    case 0:
    case 1:
    case 2: {
      assert.equal(await done(api.follow({ ...input, showReposts: coin }, as)), model.follow(actor, target, coin));
      return 'follow';
    }
    case 3: {
      await done(api.unfollow(input, as));
      if (present) model.endFollow(own);
      return 'unfollow';
    }
    case 4: {
      assert.equal(await done(api.block(input, as)), model.block(actor, target));
      return 'block';
    }
    case 5: {
      await done(api.unblock(input, as));
      if (present) delete own.block;
      return 'unblock';
    }
    case 6: {
      const seconds = coin ? 0 : 1 + number(random, 20);
      const untilMs = seconds === 0 ? Number.POSITIVE_INFINITY : world.clock.now() + seconds * 1_000;
      const called = await done(api.mute({ ...input, notifications: coin, durationSeconds: seconds }, as));
      assert.equal(called, model.mute(actor, target, untilMs, world.clock.now()));
      return 'mute';
    }
    case 7: {
      await done(api.unmute(input, as));
      if (present) delete own.mute;
      return 'unmute';
    }
    case 8: {
      await done(api.authorizeFollow(input, as));
      if (present) model.accept(actor, target);
      return 'authorize';
    }
    case 9: {
      const reject = coin;
      await done(reject ? api.rejectFollow(input, as) : api.removeFollower(input, as));
      if (present && (reject ? other.request : other.follow)) model.endFollow(other);
      return reject ? 'reject' : 'remove follower';
    }
    case 10: {
      if (!(await done(api.updateProfile({ locked: coin }, as)))) return 'no lock';
      if (coin) model.locked.add(actor);
      else if (model.locked.has(actor)) {
        await world.drain();
        model.unlock(actor, people);
      }
      return coin ? 'lock' : 'unlock';
    }
    case 11: {
      const may = present && !model.away.has(target) && own.follow !== undefined;
      assert.equal(await done(api.endorse(input, as)), may);
      if (may) own.endorsed = true;
      return 'endorse';
    }
    default: {
      world.clock.advance(number(random, 15) * 1_000);
      if (coin) return 'time';
      if (present) await api.deactivate({}, as);
      else await api.setAccountState({ accountId: actor, state: 'active' }, world.system());
      if (present) model.away.add(actor);
      else model.away.delete(actor);
      return 'away or back';
    }
  }
}

async function compareViewer(model: NaiveGraph, people: readonly string[], viewer: string, message: string) {
  const nowMs = world.clock.now();
  const ids = [...people];
  const { facts } = await world.api.visibilityFacts({ viewerId: viewer, authorIds: ids }, world.system());
  const { relationships } = await world.api.relationships({ ids }, world.as(viewer));
  const byId = new Map(relationships.map((relationship) => [relationship.id, relationship]));
  for (const [index, id] of ids.entries()) {
    const [own, other] = [model.edge(viewer, id), model.edge(id, viewer)];
    const muting = own.mute !== undefined && own.mute.untilMs > nowMs;
    const following = own.follow !== undefined;
    const expectedFacts: AuthorFacts = {
      id,
      state: model.away.has(id) ? 'deactivated' : 'active',
      following,
      showingReposts: following && own.reposts === true,
      languages: [],
      blocking: own.block !== undefined,
      blockedBy: other.block !== undefined,
      muting,
    };
    assert.deepEqual(facts[index], expectedFacts, message);
    if (model.away.has(id) && id !== viewer) {
      assert.equal(byId.get(id), undefined, message);
      continue;
    }
    const wanted = following || own.request !== undefined;
    const expected: Partial<Relationship> = {
      following,
      requested: own.request !== undefined,
      showingReposts: wanted && own.reposts === true,
      followedBy: other.follow !== undefined,
      requestedBy: other.request !== undefined,
      blocking: own.block !== undefined,
      blockedBy: other.block !== undefined,
      muting,
      mutingUntilMs: muting && own.mute!.untilMs < Number.POSITIVE_INFINITY ? own.mute!.untilMs : null,
      endorsed: own.endorsed === true,
    };
    const actual = byId.get(id)!;
    const shown = Object.fromEntries(Object.keys(expected).map((key) => [key, actual[key as keyof Relationship]]));
    assert.deepEqual(shown, expected, message);
  }
}

async function compareLists(model: NaiveGraph, people: readonly string[]) {
  const { api } = world;
  const page = { limit: 80 };
  for (const id of people) {
    if (model.away.has(id)) await api.setAccountState({ accountId: id, state: 'active' }, world.system());
  }
  model.away.clear();
  const nowMs = world.clock.now();
  for (const id of people) {
    const as = world.as(id);
    const idsOf = (list: { accounts: { id: string }[] }) => list.accounts.map((account) => account.id);
    const input = { accountId: id, page };
    const followers = model.list(people, (other) => model.edge(other, id).follow);
    const following = model.list(people, (other) => model.edge(id, other).follow);
    assert.deepEqual(idsOf(await api.listFollowers(input, as)), followers, SEED);
    assert.deepEqual(idsOf(await api.listFollowing(input, as)), following, SEED);
    assert.deepEqual(
      idsOf(await api.listFollowRequests({ page }, as)),
      model.list(people, (other) => model.edge(other, id).request),
      SEED,
    );
    assert.deepEqual(
      idsOf(await api.listBlocked({ page }, as)),
      model.list(people, (other) => model.edge(id, other).block),
      SEED,
    );
    const mutes = (await api.listMuted({ page }, as)).accounts.map(({ account }) => account.id);
    const expectedMutes = people.filter((other) => (model.edge(id, other).mute?.untilMs ?? 0) > nowMs);
    expectedMutes.sort((a, b) => model.edge(id, b).mute!.since - model.edge(id, a).mute!.since);
    assert.deepEqual(mutes, expectedMutes, SEED);
    const endorsed = people.filter((other) => model.edge(id, other).endorsed);
    assert.deepEqual(idsOf(await api.listEndorsed(input, as)).sort(), [...endorsed].sort(), SEED);
    const counts = (await world.counts(id))!;
    assert.deepEqual([counts.followers, counts.following], [followers.length, following.length], SEED);
    const ids = (await api.followingIds({ accountId: id }, world.system())).following.map((end) => end.id);
    assert.deepEqual(ids, [...following].sort(), SEED);
  }
}

function number(random: Random, below: number): number {
  return random.bytes(4).readUInt32BE() % below;
}

function pick(random: Random, from: readonly string[]): string {
  return from[number(random, from.length)]!;
}
