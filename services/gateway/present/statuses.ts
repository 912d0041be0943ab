import type { Static } from 'typebox';
import type {
  PostBody,
  PostCounts as PostCountsSchema,
  PostHead,
  ShownPost,
  ViewerState as ViewerStateSchema,
} from '#contracts/model/post.ts';
import type { PostService } from '#contracts/services/post.ts';
import type { CallContext } from '#platform/calls/context.ts';
import { notFound } from '#platform/errors/errors.ts';
import { unrecorded } from '#platform/remembering/recording.ts';
import { searchText } from '#policies/filters/match.ts';
import type { Accounts, PresentedAccount } from './accounts.ts';
import type { FilterMatcher } from './filters.ts';
import { assemble, assembleOnLoan, type Loan, type Piece, pieceOf } from './json-pieces.ts';
import type { MediaPresenter } from './media.ts';
import { type Poll, pollJson } from './poll.ts';
import type { StatusPiece, StatusPieces } from './status-pieces.ts';
import { isoTime } from './times.ts';
import type { ViewerFilters } from './viewer-filters.ts';

type PostCounts = Static<typeof PostCountsSchema>;
type ViewerState = Static<typeof ViewerStateSchema>;

/** Who looks, and on whose behalf services are asked. An `ApiRequest` is one. */
export interface Viewing {
  readonly viewerId: string | null;
  readonly context: CallContext;
}

/** All that a page of posts needs beside the posts, each read in one batch. */
interface Hydrated {
  readonly viewerId: string | null;
  readonly pieces: ReadonlyMap<string, StatusPiece>;
  readonly accounts: ReadonlyMap<string, PresentedAccount>;
  readonly counts: ReadonlyMap<string, PostCounts>;
  readonly states: ReadonlyMap<string, ViewerState>;
  readonly polls: ReadonlyMap<string, Poll>;
  readonly filters: FilterMatcher | undefined;
}

export interface StatusesParts {
  readonly post: PostService;
  readonly accounts: Accounts;
  readonly pieces: StatusPieces;
  readonly media: MediaPresenter;
  readonly filters: ViewerFilters;
}

const NO_POLLS: ReadonlyMap<string, Poll> = new Map();
const NOTHING_DONE = { liked: false, reposted: false, bookmarked: false, threadMuted: false, pinned: false };
const NO_STATES: ReadonlyMap<string, ViewerState> = new Map();

/**
 * Makes posts that may be shown into `Status` objects. Whether they may be shown was decided before, by the service that gave them; here nothing
 * is hidden and nothing is added. What is the same for every viewer is taken ready from `StatusPieces`.
 */
export class Statuses {
  readonly #parts: StatusesParts;

  constructor(parts: StatusesParts) {
    this.#parts = parts;
  }

  /** `[…]` of statuses, in order. */
  async array(posts: readonly ShownPost[], viewing: Viewing): Promise<Buffer> {
    return assemble(await this.#arrayPieces(posts, viewing));
  }

  /** The same in memory that is used again: for answers that are sent at once. */
  async arrayOnLoan(posts: readonly ShownPost[], viewing: Viewing): Promise<Loan> {
    return assembleOnLoan(await this.#arrayPieces(posts, viewing));
  }

  async #arrayPieces(posts: readonly ShownPost[], viewing: Viewing): Promise<Piece[]> {
    if (posts.length === 0) return ['[]'];
    const hydrated = await this.#hydrate(posts, viewing);
    const pieces: Piece[] = ['['];
    for (const post of posts) {
      const before = pieces.length;
      if (before > 1) pieces.push(',');
      if (!this.#write(pieces, post, hydrated)) pieces.length = before;
    }
    pieces.push(']');
    return pieces;
  }

  /** Each post alone; undefined for one that was deleted meanwhile. */
  async each(posts: readonly ShownPost[], viewing: Viewing): Promise<(Buffer | undefined)[]> {
    if (posts.length === 0) return [];
    const hydrated = await this.#hydrate(posts, viewing);
    return posts.map((post) => {
      const pieces: Piece[] = [];
      return this.#write(pieces, post, hydrated) ? assemble(pieces) : undefined;
    });
  }

  async one(post: ShownPost, viewing: Viewing): Promise<Buffer | undefined> {
    return (await this.each([post], viewing))[0];
  }

  /** A post as it was before it was deleted just now. */
  async deleted({ head }: ShownPost, body: PostBody, viewing: Viewing): Promise<Buffer> {
    const { accounts, pieces } = this.#parts;
    const piece = pieces.add(head, body);
    const hydrated: Hydrated = {
      viewerId: viewing.viewerId,
      pieces: new Map([[head.id, piece]]),
      accounts: await accounts.byId([head.authorId], viewing.context),
      counts: new Map(),
      states: new Map([[head.id, { id: head.id, ...NOTHING_DONE }]]),
      polls: await this.#polls(new Map([[head.id, piece]]), viewing.context).catch(() => NO_POLLS),
      filters: undefined,
    };
    const out: Piece[] = [];
    if (!this.#writePost(out, head, head, hydrated)) throw notFound();
    return assemble(out);
  }

  async #hydrate(posts: readonly ShownPost[], viewing: Viewing): Promise<Hydrated> {
    const { post, accounts, filters } = this.#parts;
    const { viewerId, context } = viewing;
    const heads = new Map<string, PostHead>();
    const authorIds = new Set<string>();
    for (const { head, target } of posts) {
      const content = target ?? head;
      heads.set(content.id, content);
      authorIds.add(content.authorId);
      authorIds.add(head.authorId);
    }
    const ids = [...heads.keys()];
    // Nobody's own posts are filtered for them, so publishing needs no answer of who keeps filters.
    const ownOnly = [...authorIds].every((id) => id === viewerId);
    const [pieces, authors, counts, states, matcher] = await Promise.all([
      this.#pieces(heads, context),
      accounts.byId([...authorIds], context),
      post.getCounts({ ids }, context),
      viewerId === null ? null : post.getViewerStates({ ids }, context),
      viewerId === null || ownOnly ? undefined : filters.matcher(viewerId, context),
    ]);
    return {
      viewerId,
      pieces,
      accounts: authors,
      counts: new Map(counts.counts.map((count) => [count.id, count])),
      states: states === null ? NO_STATES : new Map(states.states.map((state) => [state.id, state])),
      polls: await this.#polls(pieces, context),
      filters: matcher,
    };
  }

  /** What the posts say: from here where it is known, in one batch for the rest. */
  async #pieces(heads: ReadonlyMap<string, PostHead>, context: CallContext): Promise<Map<string, StatusPiece>> {
    const { pieces: known, post } = this.#parts;
    const pieces = new Map<string, StatusPiece>();
    const wanted: string[] = [];
    for (const [id, head] of heads) {
      const piece = known.get(head);
      if (piece === undefined) wanted.push(id);
      else pieces.set(id, piece);
    }
    if (wanted.length === 0) return pieces;
    // A piece is the same as long as the head's version is, which is noted.
    if (wanted.length === 1) {
      const [id] = wanted as [string];
      const head = heads.get(id)!;
      const body = async () => (await post.getBodies({ ids: wanted, versions: [head.version] }, context)).bodies[0];
      const piece = await unrecorded(() => known.read(head, body));
      return piece === undefined ? pieces : pieces.set(id, piece);
    }
    const { bodies } = await unrecorded(() => post.getBodies({ ids: wanted }, context));
    for (const body of bodies) pieces.set(body.id, known.add(heads.get(body.id)!, body));
    return pieces;
  }

  async #polls(pieces: ReadonlyMap<string, StatusPiece>, context: CallContext): Promise<ReadonlyMap<string, Poll>> {
    const pollIds: string[] = [];
    for (const { pollId } of pieces.values()) if (pollId !== null) pollIds.push(pollId);
    if (pollIds.length === 0) return NO_POLLS;
    const { polls } = await this.#parts.post.getPolls({ pollIds }, context);
    return new Map(polls.map((poll) => [poll.id, poll]));
  }

  /** Adds one status; false, and nothing that counts, when the post or its author has gone since it was listed. */
  #write(out: Piece[], { head, target }: ShownPost, hydrated: Hydrated): boolean {
    return target === undefined
      ? this.#writePost(out, head, head, hydrated)
      : this.#writeRepost(out, head, target, hydrated);
  }

  #writePost(out: Piece[], head: PostHead, shownAs: PostHead, hydrated: Hydrated): boolean {
    const piece = hydrated.pieces.get(head.id);
    const author = hydrated.accounts.get(head.authorId);
    if (piece === undefined || author === undefined) return false;
    const state = hydrated.states.get(head.id);
    const url = `${author.url}/${head.id}`;
    out.push(piece.json);
    if (piece.privateMedia !== null)
      out.push(',"media_attachments":', this.#privateMedia(piece.privateMedia, hydrated));
    out.push(`,"uri":"${url}","url":"${url}"`, countsJson(hydrated.counts.get(head.id)), ',"account":', author.json);
    const poll = piece.pollId === null ? undefined : hydrated.polls.get(piece.pollId);
    if (poll === undefined) out.push(',"poll":null');
    else out.push(',"poll":', pieceOf(pollJson(poll)));
    if (state !== undefined) {
      out.push(stateJson(state));
      if (head.authorId === hydrated.viewerId) out.push(state.pinned ? ',"pinned":true' : ',"pinned":false');
      this.#writeFiltered(out, piece, poll, head, shownAs, hydrated);
    }
    out.push('}');
    return true;
  }

  /** A repost has nothing of its own but its author and its time. */
  #writeRepost(out: Piece[], head: PostHead, target: PostHead, hydrated: Hydrated): boolean {
    const author = hydrated.accounts.get(head.authorId);
    if (author === undefined) return false;
    const url = `${author.url}/${head.id}`;
    const state = hydrated.states.get(target.id);
    const before = out.length;
    out.push(
      `{"id":"${head.id}","created_at":"${isoTime(head.createdMs)}","in_reply_to_id":null,"in_reply_to_account_id":null,` +
        `"sensitive":false,"spoiler_text":"","visibility":"${head.visibility === 'followers' ? 'private' : head.visibility}",` +
        `"language":null,"content":"","edited_at":null,"application":null,"mentions":[],"tags":[],"emojis":[],"card":null,` +
        `"poll":null,"quote":null,"media_attachments":[],"uri":"${url}","url":"${url}",` +
        `"replies_count":0,"reblogs_count":0,"favourites_count":0,"quotes_count":0,"account":`,
      author.json,
    );
    if (state !== undefined) out.push(stateJson(state), ',"filtered":[]');
    out.push(',"reblog":');
    if (!this.#writePost(out, target, head, hydrated)) {
      out.length = before;
      return false;
    }
    out.push('}');
    return true;
  }

  /** Nobody's own posts are filtered for them. */
  #writeFiltered(
    out: Piece[],
    piece: StatusPiece,
    poll: Poll | undefined,
    head: PostHead,
    shownAs: PostHead,
    hydrated: Hydrated,
  ): void {
    if (hydrated.filters === undefined || head.authorId === hydrated.viewerId) return void out.push(',"filtered":[]');
    const words =
      poll === undefined ? piece.words : searchText([piece.words, ...poll.options.map((option) => option.title)]);
    const ids = shownAs.id === head.id ? [head.id] : [head.id, shownAs.id];
    out.push(',"filtered":', Buffer.from(hydrated.filters.match(words, ids)));
  }

  /** Without a viewer there is no address that could be signed for them. Posts with such pictures are not shown to them anyway. */
  #privateMedia(media: NonNullable<StatusPiece['privateMedia']>, { viewerId }: Hydrated): Buffer {
    return pieceOf(viewerId === null ? [] : media.map((one) => this.#parts.media.signed(one, viewerId)));
  }
}

function countsJson(counts: PostCounts | undefined): string {
  if (counts === undefined) return ',"replies_count":0,"reblogs_count":0,"favourites_count":0';
  return `,"replies_count":${counts.replies},"reblogs_count":${counts.reposts},"favourites_count":${counts.likes}`;
}

const UNTOUCHED = ',"favourited":false,"reblogged":false,"muted":false,"bookmarked":false';

function stateJson({ liked, reposted, threadMuted, bookmarked }: ViewerState): string {
  if (!liked && !reposted && !threadMuted && !bookmarked) return UNTOUCHED;
  return `,"favourited":${liked},"reblogged":${reposted},"muted":${threadMuted},"bookmarked":${bookmarked}`;
}
