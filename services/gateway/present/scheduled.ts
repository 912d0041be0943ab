import type { ScheduledPost } from '#contracts/model/post.ts';
import type { MediaPresenter } from './media.ts';
import { isoTime } from './times.ts';

export const VISIBILITY_WORDS = { public: 'public', unlisted: 'unlisted', followers: 'private' } as const;

/** A `ScheduledStatus`; only its writer ever sees it. */
export function scheduledJson({ id, draft, media, dueMs }: ScheduledPost, presenter: MediaPresenter, viewerId: string) {
  return {
    id,
    scheduled_at: isoTime(dueMs),
    params: {
      text: draft.text,
      visibility: VISIBILITY_WORDS[draft.visibility],
      sensitive: draft.sensitive,
      spoiler_text: draft.contentWarning,
      language: draft.language,
      // The API says these two are numbers. 64 bits do not fit into one, so what is answered stands beside these as text.
      in_reply_to_id: draft.replyToId === null ? null : Number(draft.replyToId),
      application_id: 0,
      media_ids: draft.mediaIds.length === 0 ? null : draft.mediaIds,
      poll:
        draft.poll === null
          ? null
          : {
              options: draft.poll.options,
              expires_in: draft.poll.expiresInSeconds,
              multiple: draft.poll.multiple,
              hide_totals: draft.poll.hideTotals,
            },
      scheduled_at: null,
      idempotency: null,
      with_rate_limit: false,
      quoted_status_id: null,
    },
    in_reply_to_id: draft.replyToId,
    media_attachments: media.map((one) => presenter.signed(one, viewerId)),
  };
}
