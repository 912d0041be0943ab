import type { PostHead, PostRevision } from '#contracts/model/post.ts';
import { textToHtml } from './html.ts';
import type { Presenters } from './presenters.ts';
import { isoTime } from './times.ts';

/** A `StatusEdit` without its account. */
export function revisionJson(revision: PostRevision, head: PostHead, present: Presenters, viewerId: string | null) {
  const open = head.visibility !== 'followers' && head.state === 'live';
  const media = open
    ? revision.media.map((one) => present.media.open(one))
    : viewerId === null
      ? []
      : revision.media.map((one) => present.media.signed(one, viewerId));
  return {
    content: textToHtml(revision.text, revision, present.urls),
    spoiler_text: revision.contentWarning,
    sensitive: revision.sensitive,
    created_at: isoTime(revision.createdMs),
    media_attachments: media,
    emojis: [],
    poll: revision.pollOptions === null ? null : { options: revision.pollOptions.map((title) => ({ title })) },
    quote: null,
  };
}
