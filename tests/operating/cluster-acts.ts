import assert from 'node:assert/strict';
import sharp from 'sharp';
import type { ApiAnswer } from '#tests/constellation/api-client.ts';
import type { Person } from '#tests/constellation/constellation.ts';
import { pick, seededNumbers } from '#tests/seed.ts';

/** What was acknowledged to one client, who touches nothing of others' but by likes. */
export interface Known {
  /** Post to what it says. */
  readonly posts: Map<string, string>;
  readonly deleted: Set<string>;
  /** Posts that it likes. */
  readonly likes: Set<string>;
  readonly unliked: Set<string>;
  readonly bookmarks: Set<string>;
}

const MAX_TRIES = 50;

const UNDECIDED: ReadonlySet<number> = new Set([503, 504]);

/** Asks again while the answer says neither yes nor no. What is asked for has to bear that. */
export async function insist(ask: () => Promise<ApiAnswer>): Promise<ApiAnswer> {
  for (let tries = 1; ; tries++) {
    const answer = await ask();
    if (!UNDECIDED.has(answer.status) || tries === MAX_TRIES) return answer;
  }
}

/** Posts, replies, edits, deletes, likes and bookmarks at random, one act after the other. */
export class ActiveClient {
  readonly person: Person;
  readonly known: Known = {
    posts: new Map(),
    deleted: new Set(),
    likes: new Set(),
    unliked: new Set(),
    bookmarks: new Set(),
  };
  acts = 0;
  readonly #next: () => number;
  #own: string[] = [];
  #made = 0;

  constructor(person: Person, seed: number) {
    this.person = person;
    this.#next = seededNumbers(seed);
  }

  /** What was acknowledged so far, of which nothing of the client's own is touched any more. */
  settle(): Known {
    const { posts, deleted, likes, unliked, bookmarks } = this.known;
    this.#own = [];
    return {
      posts: new Map(posts),
      deleted: new Set(deleted),
      likes: new Set(likes),
      unliked: new Set(unliked),
      bookmarks: new Set(bookmarks),
    };
  }

  /** One act. `others`: posts that may be answered and liked; those liked once before are left as they are. */
  async act(others: readonly string[], settled: Known | undefined): Promise<void> {
    const roll = this.#next();
    const mine = this.#own.length === 0 ? undefined : pick(this.#own, this.#next);
    if (mine !== undefined && roll < 0.12) await this.#delete(mine);
    else if (mine !== undefined && roll < 0.24) await this.#edit(mine);
    else if (others.length > 0 && roll < 0.6) await this.#like(this.#untouched(others, settled));
    else await this.post(others.length > 0 && roll < 0.75 ? pick(others, this.#next) : undefined);
    this.acts++;
  }

  async post(in_reply_to_id?: string, picture = false): Promise<string> {
    const status = `${this.person.username} says ${++this.#made} #kept`;
    const media_ids = picture ? [await this.#picture()] : [];
    const draft = { status, media_ids, ...(in_reply_to_id === undefined ? {} : { in_reply_to_id }) };
    const answer = await insist(() =>
      this.person.api.post('/api/v1/statuses', draft, { 'idempotency-key': status.replaceAll(/\W/g, '-') }),
    );
    // Somebody may have deleted what was to be answered.
    if (in_reply_to_id !== undefined && answer.status === 404) return '';
    assert.equal(answer.status, 200, answer.text);
    this.known.posts.set(answer.body.id, status);
    if (!picture) this.#own.push(answer.body.id);
    return answer.body.id;
  }

  async #like(id: string | undefined): Promise<void> {
    if (id === undefined) return;
    const { likes, unliked, bookmarks } = this.known;
    const undo = likes.has(id);
    const answer = await insist(() =>
      this.person.api.post(`/api/v1/statuses/${id}/${undo ? 'unfavourite' : 'favourite'}`),
    );
    if (answer.status === 404) return;
    assert.equal(answer.status, 200, answer.text);
    if (undo) likes.delete(id);
    else likes.add(id);
    if (undo) unliked.add(id);
    else unliked.delete(id);
    if (undo || bookmarks.has(id)) return;
    const kept = await insist(() => this.person.api.post(`/api/v1/statuses/${id}/bookmark`));
    if (kept.status === 200) bookmarks.add(id);
  }

  #untouched(others: readonly string[], settled: Known | undefined): string | undefined {
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const id = pick(others, this.#next);
      if (!settled?.likes.has(id) && !settled?.unliked.has(id)) return id;
    }
    return undefined;
  }

  async #delete(id: string): Promise<void> {
    const answer = await insist(() => this.person.api.delete(`/api/v1/statuses/${id}`));
    // The first try may have done it.
    assert.ok([200, 404].includes(answer.status), answer.text);
    this.known.posts.delete(id);
    this.known.deleted.add(id);
    this.#own = this.#own.filter((own) => own !== id);
  }

  async #edit(id: string): Promise<void> {
    const status = `${this.person.username} says otherwise ${++this.#made} #kept`;
    const answer = await insist(() => this.person.api.put(`/api/v1/statuses/${id}`, { status }));
    assert.equal(answer.status, 200, answer.text);
    this.known.posts.set(id, status);
  }

  async #picture(): Promise<string> {
    const form = new FormData();
    const create = { width: 40, height: 30, channels: 3, background: '#26a' } as const;
    const png = await sharp({ create }).png().toBuffer();
    form.set('file', new Blob([new Uint8Array(png)]), 'a.png');
    const media = await insist(() => this.person.api.post('/api/v2/media', form));
    assert.equal(media.status, 200, media.text);
    return media.body.id;
  }
}
