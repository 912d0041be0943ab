import type { Static } from 'typebox';
import type { Application, Media, Mention, PostBody } from '#contracts/model/post.ts';
import { idTimeMs } from '#platform/ids/ids.ts';

/** The `body` column: what a post says, with its media by id. Fields are only ever added, and optional. */
export interface StoredBody {
  readonly text: string;
  readonly contentWarning: string;
  readonly sensitive: boolean;
  readonly language: string | null;
  readonly mentions: readonly Static<typeof Mention>[];
  readonly tags: readonly string[];
  readonly mediaIds: readonly string[];
  readonly hasPoll: boolean;
  readonly application: Static<typeof Application> | null;
  readonly editedMs: number | null;
  /** What the last edit made of the poll. Votes and polls stand in another store: this is written with the edit, so that the poll follows whatever happens. */
  readonly poll?: RevisedPoll | null;
}

/** Times in milliseconds since the epoch. */
export interface RevisedPoll {
  readonly options: readonly string[];
  readonly multiple: boolean;
  readonly hideTotals: boolean;
  readonly expiresMs: number;
}

/** A poll has the id of its post: a post has at most one, and making it again under the same id changes nothing. */
export function bodyOf(id: string, version: number, body: StoredBody, media: Media[]): PostBody {
  return {
    id,
    version,
    text: body.text,
    contentWarning: body.contentWarning,
    sensitive: body.sensitive,
    language: body.language,
    mentions: body.mentions as PostBody['mentions'],
    tags: body.tags as string[],
    media,
    pollId: body.hasPoll ? id : null,
    application: body.application,
    createdMs: idTimeMs(id),
    editedMs: body.editedMs,
  };
}
