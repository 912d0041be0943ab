import type { Draft, DraftPoll } from './draft.ts';
import { untoldMedia } from './draft.ts';

/** What `POST /api/v1/statuses` is sent. */
export interface PostBody {
  readonly status: string;
  readonly spoiler_text: string;
  readonly sensitive: boolean;
  readonly language: string;
  readonly visibility: Draft['visibility'];
  readonly media_ids: string[];
  readonly poll?: PollBody;
  readonly in_reply_to_id?: string;
  readonly scheduled_at?: string;
}

interface PollBody {
  readonly options: string[];
  readonly expires_in: number;
  readonly multiple: boolean;
  readonly hide_totals: boolean;
}

export function postBody(draft: Draft): PostBody {
  return {
    ...contentOf(draft),
    visibility: draft.visibility,
    ...(draft.replyToId === null ? {} : { in_reply_to_id: draft.replyToId }),
    ...(draft.scheduledAt === '' ? {} : { scheduled_at: new Date(draft.scheduledAt).toISOString() }),
  };
}

/** What `PUT /api/v1/statuses/:id` is sent. */
export function editBody(draft: Draft) {
  return { ...contentOf(draft), media_attributes: untoldMedia(draft) };
}

function contentOf(draft: Draft) {
  return {
    status: draft.text,
    spoiler_text: draft.warned ? draft.warning : '',
    sensitive: draft.sensitive,
    language: draft.language,
    media_ids: draft.media.flatMap(({ id }) => id ?? []),
    ...(draft.poll === null ? {} : { poll: pollBody(draft.poll) }),
  };
}

function pollBody({ options, seconds, multiple }: DraftPoll): PollBody {
  return {
    options: options.map((option) => option.trim()).filter((option) => option !== ''),
    expires_in: seconds,
    multiple,
    hide_totals: false,
  };
}
