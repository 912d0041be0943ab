import { LRUCache } from 'lru-cache';
import type { Media, PostBody, PostHead } from '#contracts/model/post.ts';
import { SharedReads } from '#platform/coalesce/shared-reads.ts';
import { searchText } from '#policies/filters/match.ts';
import { textToHtml } from './html.ts';
import type { MediaPresenter } from './media.ts';
import { isoTime } from './times.ts';
import type { Urls } from './urls.ts';

/** What of a status is the same for everyone who may see it: it changes with the post's version only. */
export interface StatusPiece {
  readonly version: number;
  /** The object from its first brace, without closing one. Pictures are in it where everyone may read them. */
  readonly json: Buffer;
  /** Pictures whose addresses are made for each viewer; null where they stand in `json`. */
  readonly privateMedia: readonly Media[] | null;
  readonly pollId: string | null;
  /** What filters search. */
  readonly words: string;
}

/** Posts of the last hours, as bytes. */
const MAX_BYTES = 48 * 1024 * 1024;
const ENTRY_OVERHEAD_BYTES = 300;

const VISIBILITY = { public: 'public', unlisted: 'unlisted', followers: 'private' } as const;

export class StatusPieces {
  readonly #urls: Urls;
  readonly #media: MediaPresenter;
  readonly #pieces = new LRUCache<string, StatusPiece>({
    maxSize: MAX_BYTES,
    sizeCalculation: (piece) => piece.json.length + piece.words.length + ENTRY_OVERHEAD_BYTES,
  });

  readonly #reads = new SharedReads<StatusPiece | undefined>();

  constructor(urls: Urls, media: MediaPresenter) {
    this.#urls = urls;
    this.#media = media;
  }

  /** The piece of exactly this version, if it is here. */
  get(head: PostHead): StatusPiece | undefined {
    const piece = this.#pieces.get(keyOf(head));
    return piece !== undefined && piece.version === head.version ? piece : undefined;
  }

  /**
   * The piece of a post whose body has to be read; undefined when there is none any more. Many who ask for one version at once share one read. It ends
   * with the patience of who began it; whoever has more reads again.
   */
  async read(head: PostHead, body: () => Promise<PostBody | undefined>): Promise<StatusPiece | undefined> {
    const read = async () => {
      const found = await body();
      return found === undefined ? undefined : this.add(head, found);
    };
    let own = false;
    try {
      return await this.#reads.read(`${keyOf(head)} ${head.version}`, () => {
        own = true;
        return read();
      });
    } catch (error) {
      if (own) throw error;
      return await read();
    }
  }

  add(head: PostHead, body: PostBody): StatusPiece {
    const open = head.visibility !== 'followers' && head.state === 'live';
    const piece: StatusPiece = {
      // Its own: right after an edit another part of the store may still answer what stood there before.
      version: body.version,
      json: Buffer.from(JSON.stringify(this.#json(head, body, open)).slice(0, -1)),
      privateMedia: open || body.media.length === 0 ? null : body.media,
      pollId: body.pollId,
      words: searchText(
        [body.contentWarning, body.text, ...body.media.map((media) => media.description)].filter(Boolean),
      ),
    };
    this.#pieces.set(keyOf(head), piece);
    return piece;
  }

  #json(head: PostHead, body: PostBody, open: boolean) {
    const urls = this.#urls;
    return {
      id: head.id,
      created_at: isoTime(head.createdMs),
      in_reply_to_id: head.replyToId,
      in_reply_to_account_id: head.replyToAuthorId,
      sensitive: body.sensitive,
      spoiler_text: body.contentWarning,
      visibility: VISIBILITY[head.visibility],
      language: body.language,
      content: textToHtml(body.text, body, urls),
      edited_at: body.editedMs === null ? null : isoTime(body.editedMs),
      reblog: null,
      application:
        body.application === null ? null : { name: body.application.name, website: body.application.website },
      mentions: body.mentions.map(({ accountId, username }) => ({
        id: accountId,
        username,
        url: urls.account(username),
        acct: username,
      })),
      tags: body.tags.map((name) => ({ name, url: urls.tag(name) })),
      emojis: [],
      card: null,
      quote: null,
      quotes_count: 0,
      ...(open || body.media.length === 0
        ? { media_attachments: body.media.map((media) => this.#media.open(media)) }
        : {}),
    };
  }
}

/** A post that is hidden has other addresses for its pictures than the same version shown. */
function keyOf(head: PostHead): string {
  return head.state === 'live' ? head.id : `${head.id}:${head.state}`;
}
