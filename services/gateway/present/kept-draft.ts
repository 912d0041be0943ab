import type { KeptDraft } from '#contracts/model/post.ts';
import type { MediaPresenter } from './media.ts';
import { VISIBILITY_WORDS } from './scheduled.ts';
import { isoTime } from './times.ts';

/** A `Draft`; only its writer ever sees it. */
export function keptDraftJson(draft: KeptDraft, presenter: MediaPresenter, viewerId: string) {
  const { content } = draft;
  return {
    id: draft.id,
    updated_at: isoTime(draft.changedMs),
    text: content.text,
    spoiler_text: content.contentWarning,
    sensitive: content.sensitive,
    visibility: VISIBILITY_WORDS[content.visibility],
    language: content.language,
    in_reply_to_id: content.replyToId,
    scheduled_at: content.dueMs === null ? null : isoTime(content.dueMs),
    poll: content.poll && {
      options: content.poll.options,
      expires_in: content.poll.expiresInSeconds,
      multiple: content.poll.multiple,
      hide_totals: content.poll.hideTotals,
    },
    media_attachments: draft.media.map((one) => presenter.signed(one, viewerId)),
  };
}
