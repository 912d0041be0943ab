import { authenticationContract } from '#contracts/services/authentication.ts';
import { userContract } from '#contracts/services/user.ts';
import type { CallContext } from '#platform/calls/context.ts';
import type { ApiAnswer, ApiClient } from '#tests/constellation/api-client.ts';
import { type Constellation, TEST_PASSWORD } from '#tests/constellation/constellation.ts';
import { pick, seededNumbers } from '#tests/seed.ts';
import { type Audience, Model, type Post } from './model.ts';
import { Rules } from './rules.ts';

/** What was done, and whom and what it concerned. */
interface Deed {
  readonly text: string;
  readonly about: readonly string[];
}

const SETTLED: Deed = { text: '— everything settles —', about: [] };

interface Known {
  readonly id: string;
  readonly url: string;
  readonly pollId: string | null;
  readonly filePath: string | null;
}

/** The product and the oracle's memory of it, side by side. */
export class World {
  readonly plaza: Constellation;
  readonly model = new Model();
  readonly rules = new Rules(this.model);
  readonly next: () => number;
  readonly seed: number;
  readonly #apis = new Map<string, ApiClient>();
  readonly #accountIds = new Map<string, string>();
  readonly #known = new Map<Post, Known>();
  readonly #posts = new Map<string, Post>();
  readonly listIds = new Map<string, string>();
  readonly #deeds: Deed[] = [];

  constructor(plaza: Constellation, seed: number) {
    this.plaza = plaza;
    this.seed = seed;
    this.next = seededNumbers(seed);
  }

  async populate(names: readonly string[]): Promise<void> {
    await this.plaza.app();
    await Promise.all(
      names.map(async (name) => {
        const { id, api } = await this.plaza.person(name);
        this.#accountIds.set(name, id);
        this.#apis.set(name, api);
        const list = await api.post('/api/v1/lists', { title: 'Mine', replies_policy: 'list' });
        this.listIds.set(name, list.body.id);
      }),
    );
    for (const name of names) {
      this.model.people.set(name, { name, state: 'active', locked: false });
      this.model.lists.set(name, new Map());
    }
  }

  /** Speaks for a viewer; null is somebody who is not signed in. */
  api(viewer: string | null): ApiClient {
    return viewer === null ? this.plaza.api : this.#apis.get(viewer)!;
  }

  accountId(name: string): string {
    return this.#accountIds.get(name)!;
  }

  nameOf(accountId: string): string {
    const found = [...this.#accountIds].find(([, id]) => id === accountId);
    if (found === undefined) throw new Error(`nobody has the account ${accountId}`);
    return found[0];
  }

  known(post: Post): Known {
    return this.#known.get(post)!;
  }

  postOf(id: string): Post | undefined {
    return this.#posts.get(id);
  }

  pick<T>(items: readonly T[]): T {
    return pick(items, this.next);
  }

  chance(likelihood: number): boolean {
    return this.next() < likelihood;
  }

  tell(text: string, ...about: string[]): void {
    this.#deeds.push({ text, about });
  }

  /** Those of the people whom the latest deed was about. */
  lastConcerned(): string[] {
    const last = this.#deeds.findLast((deed) => deed !== SETTLED);
    const names = (last?.about ?? []).map((one) => this.model.posts.find((post) => post.name === one)?.author ?? one);
    return [...new Set(names)].filter((name) => this.model.person(name)?.state === 'active');
  }

  get deeds(): number {
    return this.#deeds.length;
  }

  /** What has happened between these people and to these posts, for whoever has to understand a counterexample. */
  story(...about: (string | null)[]): string {
    const concerned = new Set(about);
    const lines: string[] = [];
    let settled = true;
    for (const [index, deed] of this.#deeds.entries()) {
      const touched = deed.about.filter((one) => concerned.has(one));
      const isPost = (one: string) => /^p[0-9]+$/.test(one);
      if (deed === SETTLED ? settled : touched.length < Math.min(2, deed.about.length) && !touched.some(isPost))
        continue;
      settled = deed === SETTLED;
      lines.push(`  ${String(index + 1).padStart(3)}. ${deed.text}`);
    }
    return lines.join('\n');
  }

  /** The account's services as the operator and as the person themself call them, for what the public API does not offer. */
  get authentication() {
    return this.plaza.plaza.services.client(authenticationContract);
  }

  get user() {
    return this.plaza.plaza.services.client(userContract);
  }

  operator(): CallContext {
    return this.plaza.plaza.operator.context();
  }

  asThemself(name: string): CallContext {
    const accountId = this.accountId(name);
    const caller = {
      kind: 'account',
      accountId,
      sessionId: accountId,
      role: 'user',
      scopes: ['read', 'write'],
    } as const;
    return { ...this.operator(), caller };
  }

  async signIn(name: string): Promise<void> {
    const device = { ip: '127.0.0.1', userAgent: 'tests' };
    const login = { login: `${name}@example.com`, password: TEST_PASSWORD, ...device };
    const signedIn = await this.authentication.signIn(login, this.operator());
    if (signedIn.status !== 'signed_in') throw new Error(`${name} could not sign in`);
    this.#apis.set(name, this.plaza.api.withToken(signedIn.session.accessToken));
  }

  /** Remembers a post that was just acknowledged. */
  remember(status: ApiAnswer['body'], post: Omit<Post, 'name' | 'deleted'>): Post {
    const made = { ...post, name: `p${this.model.posts.length + 1}`, deleted: false };
    const file = status.media_attachments?.[0]?.url;
    this.model.posts.push(made);
    this.#posts.set(status.id, made);
    this.#known.set(made, {
      id: status.id,
      url: status.url,
      pollId: status.poll?.id ?? null,
      filePath: file === undefined ? null : new URL(file).pathname,
    });
    return made;
  }

  async settle(): Promise<void> {
    await this.plaza.plaza.drain();
    this.model.settle();
    this.#deeds.push(SETTLED);
  }
}

export const AUDIENCES: Readonly<Record<Audience, string>> = {
  everyone: 'public',
  'everyone, unlisted': 'unlisted',
  followers: 'private',
};
