import type { ScheduledStatus } from '../api/types.ts';
import { type Draft, draftMedia, emptyDraft } from './draft.ts';

/** A post that is not published after all, as a draft. */
export function draftOfScheduled({ id, params, in_reply_to_id, media_attachments }: ScheduledStatus): Draft {
  const { text, spoiler_text, visibility, sensitive, language } = params;
  const poll = params.poll as { options: string[]; expires_in: number; multiple: boolean } | null;
  return {
    ...emptyDraft({ visibility, sensitive, language: language ?? '' }, `scheduled:${id}`),
    text,
    warned: spoiler_text !== '',
    warning: spoiler_text,
    media: media_attachments.map(draftMedia),
    replyToId: in_reply_to_id,
    poll: poll && { options: poll.options, seconds: poll.expires_in, multiple: poll.multiple },
  };
}
