import type { ApiAnswer } from '#tests/constellation/api-client.ts';
import { TAGS } from './deed.ts';
import type { Post } from './model.ts';
import type { Must } from './rules.ts';
import type { World } from './world.ts';

/** Something that a surface showed and must not, or did not show and must. */
export class Counterexample extends Error {
  constructor(world: World, viewer: string | null, surface: string, wrong: string, ...about: string[]) {
    const who = viewer ?? 'somebody who is not signed in';
    const story = world.story(viewer, ...about);
    super(
      `SEED=${world.seed}, after ${world.deeds} deeds: ${surface}, as ${who} sees it, ${wrong}.\nWhat matters of it:\n${story}`,
    );
    this.name = 'Counterexample';
  }
}

interface Status {
  readonly id: string;
  readonly reblog: Status | null;
}

/** `now`: nothing that is forbidden. `settled`: everything that is required besides. */
export type When = 'now' | 'settled';

const describePost = (post: Post) =>
  `${post.name} of ${post.author} for ${post.audience}${post.shares ? ` (${post.shares.name} of ${post.shares.author})` : ''}${post.deleted ? ', deleted' : ''}`;

const concerned = (post: Post) => [
  post.name,
  post.author,
  ...(post.shares ? [post.shares.name, post.shares.author] : []),
];

/** What one viewer finds on every surface, judged by the oracle. */
export class Onlooker {
  readonly #world: World;
  readonly #viewer: string | null;

  constructor(world: World, viewer: string | null) {
    this.#world = world;
    this.#viewer = viewer;
  }

  /** Every timeline and list, and each post by its id: what is cheap enough to be asked after each deed. */
  async glance(when: When): Promise<void> {
    const { rules, model } = this.#world;
    const viewer = this.#viewer;
    const work: Promise<void>[] = [
      this.#everyPostById(),
      this.#timeline('public', '/api/v1/timelines/public', rules.inPublic(viewer), when),
    ];
    for (const tag of TAGS) {
      work.push(
        this.#timeline(`the hashtag ${tag}`, `/api/v1/timelines/tag/${tag}`, rules.underTag(viewer, tag), when),
      );
    }
    for (const { name } of model.people.values()) work.push(this.#profile(name, when));
    if (viewer === null) {
      work.push(this.#openTimeline('the page of the latest posts', '/public', rules.inPublic(null), when));
      for (const { name } of model.people.values()) work.push(this.#openProfile(name, when));
    } else {
      const listId = this.#world.listIds.get(viewer);
      work.push(
        this.#timeline('home', '/api/v1/timelines/home', rules.atHome(viewer), when),
        this.#timeline('the list', `/api/v1/timelines/list/${listId}`, rules.inList(viewer), when),
        this.#timeline('bookmarks', '/api/v1/bookmarks', this.#own(model.bookmarks), when),
        this.#timeline('favourites', '/api/v1/favourites', this.#own(model.likes), when),
      );
    }
    await Promise.all(work);
  }

  /** The same, and everything about each post and person. */
  async examine(when: When): Promise<void> {
    await this.glance(when);
    for (const post of this.#world.model.posts) await this.#post(post, when);
    for (const { name } of this.#world.model.people.values()) await this.#person(name);
  }

  #own(reactions: ReadonlyMap<Post, ReadonlySet<string>>): Post[] {
    const viewer = this.#viewer!;
    return [...reactions].flatMap(([post, who]) =>
      who.has(viewer) && this.#world.rules.maySee(viewer, post) ? [post] : [],
    );
  }

  async #everyPostById(): Promise<void> {
    const { model, rules } = this.#world;
    for (let from = 0; from < model.posts.length; from += 20) {
      const posts = model.posts.slice(from, from + 20);
      const query = posts.map((post) => `id[]=${this.#world.known(post).id}`).join('&');
      const shown = await this.#statuses('posts by their ids', `/api/v1/statuses?${query}`);
      const visible = posts.filter((post) => rules.maySee(this.#viewer, post));
      this.#compare('posts by their ids', shown, { must: visible, may: visible }, 'settled');
    }
  }

  async #profile(name: string, when: When): Promise<void> {
    const { model, rules } = this.#world;
    const path = `/api/v1/accounts/${this.#world.accountId(name)}/statuses`;
    if (model.person(name).state !== 'active') {
      await this.#mustBeMissing(
        `the profile of ${name}, who is ${model.person(name).state}`,
        path,
        '/api/v1/accounts/1/statuses',
        name,
      );
      return;
    }
    const posts = rules.onProfile(this.#viewer, name);
    await this.#timeline(`the profile of ${name}`, path, posts, when);
    const pinned = posts.filter((post) => model.pins.has(post));
    const shown = await this.#statuses(`the pinned posts of ${name}`, `${path}?pinned=true`);
    this.#compare(`the pinned posts of ${name}`, shown, { must: pinned, may: pinned }, when);
  }

  async #timeline(surface: string, path: string, expected: readonly Post[] | Must, when: When): Promise<void> {
    const must = 'must' in expected ? expected : { must: expected, may: expected };
    const shown: Post[] = [];
    for (let next: string | undefined = `${path}?limit=40`; next !== undefined; ) {
      const answer = await this.#world.api(this.#viewer).get(next);
      shown.push(...this.#postsIn(surface, answer));
      next = /<([^>]+)>; rel="next"/.exec(answer.headers.get('link') ?? '')?.[1];
      if (next !== undefined) next = new URL(next).pathname + new URL(next).search;
    }
    this.#compare(surface, shown, must, when);
  }

  /** What the page of a person and their feed show to anybody. */
  async #openProfile(name: string, when: When): Promise<void> {
    const { model, rules } = this.#world;
    if (model.person(name).state !== 'active') {
      for (const ending of ['', '.rss', '/with_replies'])
        await this.#mustBeMissing(`the page of ${name}`, `/@${name}${ending}`, `/@nobody_at_all${ending}`, name);
      return;
    }
    const posts = rules.onProfile(null, name);
    await this.#openTimeline(`the page of ${name}`, `/@${name}/with_replies`, posts, when);
    const surface = `the feed of ${name}`;
    const feed = (await this.#page(surface, `/@${name}.rss`)).matchAll(/<guid isPermaLink="true">[^<]*\/(\d+)</g);
    const own = posts.filter(({ answers, shares }) => shares === null && (answers === null || answers.author === name));
    const shown = [...feed].map(([, id]) => this.#postOf(surface, { id: id!, reblog: null }));
    this.#compare(surface, shown, { must: own.length > 20 ? [] : own, may: own }, when);
  }

  async #openTimeline(surface: string, path: string, expected: readonly Post[], when: When): Promise<void> {
    const shown: Post[] = [];
    for (let next: string | undefined = path; next !== undefined; ) {
      const text = await this.#page(surface, next);
      shown.push(...this.#articles(surface, text));
      next = / rel="next" href="([^"]+)"/.exec(text)?.[1];
    }
    this.#compare(surface, shown, { must: expected, may: expected }, when);
  }

  async #page(surface: string, path: string): Promise<string> {
    const { status, text } = await this.#world.api(null).get(path);
    if (status !== 200) throw this.#wrong(surface, `answers ${status} ${text.slice(0, 300)}`);
    return text;
  }

  /** Posts on a page, in order. */
  #articles(surface: string, page: string): Post[] {
    return [...page.matchAll(/<article class="[^"]*" id="post-(\d+)">/g)].map(([, id]) => {
      const post = this.#world.postOf(id!);
      if (post === undefined) throw this.#wrong(surface, `shows ${id}, which nobody wrote`);
      return post;
    });
  }

  /** The page of a post: what is in its thread, or nothing at all. */
  async #openPost(post: Post, when: When): Promise<void> {
    const { rules } = this.#world;
    const path = new URL(this.#world.known(post).url).pathname;
    const surface = `the page of ${describePost(post)}`;
    if (!rules.maySee(null, post)) {
      await this.#mustBeMissing(surface, path, `/@${post.author}/1`, ...concerned(post));
      return;
    }
    const original = post.shares ?? post;
    const expected = [...rules.above(null, original), post, ...rules.below(null, original)];
    const shown = this.#articles(surface, await this.#page(surface, path));
    this.#compare(surface, shown, { must: expected, may: expected }, when);
  }

  async #statuses(surface: string, path: string): Promise<Post[]> {
    return this.#postsIn(surface, await this.#world.api(this.#viewer).get(path));
  }

  #postsIn(surface: string, answer: ApiAnswer): Post[] {
    if (answer.status !== 200) throw this.#wrong(surface, `answers ${answer.status} ${answer.text}`);
    return (answer.body as Status[]).map((status) => this.#postOf(surface, status));
  }

  #postOf(surface: string, status: Status): Post {
    const post = this.#world.postOf(status.id);
    if (post === undefined) throw this.#wrong(surface, `shows ${status.id}, which nobody wrote`);
    const shared = status.reblog === null ? null : this.#world.postOf(status.reblog.id);
    if (shared !== post.shares)
      throw this.#wrong(surface, `shows ${describePost(post)} with another post in it`, ...concerned(post));
    return post;
  }

  #compare(surface: string, shown: readonly Post[], { must, may, mayStill }: Must, when: When): void {
    const seen = new Set(shown);
    if (seen.size < shown.length) {
      const twice = shown.find((post, index) => shown.indexOf(post) !== index)!;
      throw this.#wrong(surface, `shows ${describePost(twice)} twice`, ...concerned(twice));
    }
    const allowed = new Set(when === 'now' && mayStill ? [...may, ...mayStill] : may);
    for (const post of shown) {
      if (!allowed.has(post))
        throw this.#wrong(surface, `shows ${describePost(post)}, which it must not`, ...concerned(post));
    }
    if (when === 'now') return;
    for (const post of must) {
      if (!seen.has(post))
        throw this.#wrong(surface, `does not show ${describePost(post)}, which it must`, ...concerned(post));
    }
  }

  /** One post by itself, and everything that hangs on it. */
  async #post(post: Post, when: When): Promise<void> {
    const { rules, model } = this.#world;
    const viewer = this.#viewer;
    const { id, url, pollId } = this.#world.known(post);
    const visible = rules.maySee(viewer, post);
    const base = `/api/v1/statuses/${id}`;
    const found = await this.#world.api(viewer).get(`/api/v2/search?resolve=true&q=${encodeURIComponent(url)}`);
    const hits = (found.body.statuses as Status[]).map((status) => this.#postOf('search by address', status));
    this.#compare('search by address', hits, { must: visible ? [post] : [], may: visible ? [post] : [] }, 'settled');
    await this.#files(post);
    if (viewer === null) await this.#openPost(post, when);
    if (!visible) {
      const parts = [
        '',
        '/context',
        '/history',
        '/favourited_by',
        '/reblogged_by',
        ...(viewer === null ? [] : ['/source']),
      ];
      for (const part of parts) {
        await this.#mustBeMissing(
          `${describePost(post)} at ${part || '/'}`,
          base + part,
          `/api/v1/statuses/1${part}`,
          ...concerned(post),
        );
      }
      if (pollId !== null)
        await this.#mustBeMissing(
          `the poll of ${describePost(post)}`,
          `/api/v1/polls/${pollId}`,
          '/api/v1/polls/1',
          ...concerned(post),
        );
      return;
    }
    const original = post.shares ?? post;
    const { body } = await this.#get(`the thread of ${post.name}`, `${base}/context`, post);
    for (const [side, expected] of [
      ['ancestors', rules.above(viewer, original)],
      ['descendants', rules.below(viewer, original)],
    ] as const) {
      const shown = (body[side] as Status[]).map((status) => this.#postOf(side, status));
      this.#compare(`the thread of ${post.name} (${side})`, shown, { must: expected, may: expected }, when);
    }
    if (pollId !== null) await this.#get(`the poll of ${post.name}`, `/api/v1/polls/${pollId}`, post);
    const sharers = model.posts.filter((one) => one.shares === original && !one.deleted).map(({ author }) => author);
    await this.#names(
      `who likes ${post.name}`,
      `${base}/favourited_by`,
      rules.mayNotice(viewer, model.likes.get(original) ?? []),
      when,
    );
    await this.#names(`who reposted ${post.name}`, `${base}/reblogged_by`, rules.mayNotice(viewer, sharers), when);
  }

  async #files(post: Post): Promise<void> {
    const path = this.#world.known(post).filePath;
    if (path === null || post.shares !== null) return;
    // Whoever deletes a post to write it anew keeps its pictures for a while.
    if (post.deleted && post.author === this.#viewer) return;
    const may = this.#world.rules.isOpen(post) || this.#world.rules.maySee(this.#viewer, post);
    if (may) await this.#get(`the picture of ${post.name}`, path, post);
    else {
      const missing = path.replace(/\d+/, '1');
      await this.#mustBeMissing(`the picture of ${describePost(post)}`, path, missing, ...concerned(post));
    }
  }

  async #person(name: string): Promise<void> {
    const { rules, model } = this.#world;
    const path = `/api/v1/accounts/${this.#world.accountId(name)}`;
    if (model.person(name).state !== 'active') {
      for (const part of ['', '/followers', '/following']) {
        await this.#mustBeMissing(
          `${name}, who is ${model.person(name).state}, at ${part || '/'}`,
          path + part,
          `/api/v1/accounts/1${part}`,
          name,
        );
      }
      return;
    }
    await this.#names(`who follows ${name}`, `${path}/followers`, rules.followersOf(this.#viewer, name), 'settled');
    await this.#names(`whom ${name} follows`, `${path}/following`, rules.followedBy(this.#viewer, name), 'settled');
  }

  async #names(surface: string, path: string, expected: readonly string[], when: When): Promise<void> {
    const answer = await this.#world.api(this.#viewer).get(`${path}?limit=80`);
    if (answer.status !== 200) throw this.#wrong(surface, `answers ${answer.status} ${answer.text}`);
    const shown = (answer.body as { id: string }[]).map(({ id }) => this.#world.nameOf(id));
    for (const name of shown)
      if (!expected.includes(name)) throw this.#wrong(surface, `names ${name}, which it must not`, name);
    if (when === 'now') return;
    for (const name of expected)
      if (!shown.includes(name)) throw this.#wrong(surface, `does not name ${name}, which it must`, name);
  }

  async #get(surface: string, path: string, post: Post): Promise<ApiAnswer> {
    const answer = await this.#world.api(this.#viewer).get(path);
    if (answer.status !== 200)
      throw this.#wrong(surface, `answers ${answer.status} ${answer.text}`, ...concerned(post));
    return answer;
  }

  /** What is hidden looks exactly like what never was. */
  async #mustBeMissing(surface: string, path: string, missing: string, ...about: string[]): Promise<void> {
    const api = this.#world.api(this.#viewer);
    const [hidden, never] = await Promise.all([api.get(path), api.get(missing)]);
    if (hidden.status !== 404)
      throw this.#wrong(surface, `answers ${hidden.status} ${hidden.text.slice(0, 300)} instead of 404`, ...about);
    if (portrait(hidden) !== portrait(never)) {
      throw this.#wrong(
        surface,
        `can be told from what never was: ${portrait(hidden)} and ${portrait(never)}`,
        ...about,
      );
    }
  }

  #wrong(surface: string, wrong: string, ...about: string[]): Counterexample {
    return new Counterexample(this.#world, this.#viewer, surface, wrong, ...about);
  }
}

/** All of an answer that could tell something: without its time, and without the id of the request. */
function portrait(answer: ApiAnswer): string {
  const headers = [...answer.headers].filter(([name]) => !['date', 'x-request-id'].includes(name));
  return JSON.stringify([answer.status, headers, answer.text]);
}
