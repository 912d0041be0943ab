import type { Findings } from '../findings.ts';
import type { PostFact } from '../truth/posts.ts';
import type { Truth } from '../truth/truth.ts';

/** What clients read of a post. */
export interface Status {
  readonly id: string;
  readonly content: string;
  readonly favourites_count: number;
  readonly favourited?: boolean;
  readonly media_attachments: readonly { readonly url: string }[];
}

const TEXT = /chaos ([a-z0-9]+-[0-9]+-[0-9]+)/;

export function textOf(key: string): string {
  return `chaos ${key}`;
}

export function keyIn({ content }: Pick<Status, 'content'>): string | undefined {
  return TEXT.exec(content)?.[1];
}

/** Where something was seen, for a finding. */
export interface Place {
  readonly viewer: number;
  readonly where: string;
}

/** Compares what somebody was shown with what they may see. `since`: a mark of the truth from before the request. */
export class Judge {
  readonly #truth: Truth;
  readonly #findings: Findings;
  /** The id under which each text was seen first. */
  readonly #ids = new Map<string, string>();

  constructor(truth: Truth, findings: Findings) {
    this.#truth = truth;
    this.#findings = findings;
  }

  /** Posts of this run among what was shown, each of which was judged. */
  shown(statuses: readonly Status[], since: number, place: Place): PostFact[] {
    const seen = new Set<PostFact>();
    for (const status of statuses) {
      const post = this.#truth.posts.byKey(keyIn(status) ?? '');
      if (post === undefined) continue;
      const { viewer, where } = place;
      const what = `post ${status.id} (${post.key}) of person ${post.author}, seen by person ${viewer} in ${where}`;
      if (seen.has(post)) this.#findings.add('twice', `${what}: twice in one list`);
      seen.add(post);
      this.#one(status, post, since, viewer, what);
    }
    return [...seen];
  }

  #one(status: Status, post: PostFact, since: number, viewer: number, what: string): void {
    const id = post.id ?? this.#ids.get(post.key);
    this.#ids.set(post.key, id ?? status.id);
    if (id !== undefined && id !== status.id) this.#findings.add('twice', `${what}: it is also post ${id}`);
    if (post.state === 'removed' && post.changedAt < since) this.#findings.add('deleted', what);
    const sight = maySee(this.#truth, viewer, post, since);
    if (sight === 'blocked' || sight === 'private') this.#findings.add(sight, what);
  }
}

/** Whether somebody may surely see a post, surely not and why, or whether that changed since or is not known. */
export function maySee(truth: Truth, viewer: number, post: PostFact, since: number) {
  const { author } = post;
  if (viewer === author) return 'yes';
  const { relations } = truth;
  if (!relations.steadySince(viewer, author, since)) return 'unknown';
  const blocked = relations.blocked(viewer, author);
  const follows = relations.follows(viewer, author);
  if (blocked === 'yes') return 'blocked';
  if (post.audience === 'private' && follows === 'no') return 'private';
  if (blocked === 'unknown') return 'unknown';
  return post.audience === 'public' || follows === 'yes' ? 'yes' : 'unknown';
}

/** Whether a post was there all the time since, and can be shown to whoever may see it. */
export function stoodSince(post: PostFact, since: number): boolean {
  return post.state === 'there' && post.changedAt < since;
}
