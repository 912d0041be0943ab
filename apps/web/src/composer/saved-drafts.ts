import { answered, api } from '../api/client.ts';
import { queryClient } from '../api/query-client.ts';
import type { MediaAttachment } from '../api/types.ts';
import { type Draft, draftMedia, emptyDraft, type Visibility } from './draft.ts';
import { forgetKey, keyFor } from './idempotency-key.ts';
import { postBody } from './request.ts';
import { tellMedia } from './send.ts';

/** A draft that the server keeps, for all devices of a person. */
export interface SavedDraft {
  readonly id: string;
  readonly updated_at: string;
  readonly text: string;
  readonly spoiler_text: string;
  readonly sensitive: boolean;
  readonly visibility: Visibility;
  readonly language: string | null;
  readonly in_reply_to_id: string | null;
  readonly poll: {
    readonly options: readonly string[];
    readonly expires_in: number;
    readonly multiple: boolean;
  } | null;
  readonly media_attachments: readonly MediaAttachment[];
}

export const SAVED_DRAFTS_KEY = ['drafts'] as const;

export async function savedDrafts(): Promise<readonly SavedDraft[]> {
  // The typed client leaves out what of a file is always null.
  return (await answered(api.GET('/api/plaza/v1/drafts'))) as unknown as readonly SavedDraft[];
}

/** Gives a draft to the server, or what has changed of one that it has. */
export async function saveDraft(draft: Draft): Promise<void> {
  await tellMedia(draft);
  const { status, spoiler_text, sensitive, visibility, language, media_ids, poll } = postBody(draft);
  const body = {
    text: status,
    spoiler_text,
    sensitive,
    visibility,
    language: language === '' ? null : language,
    media_ids,
    in_reply_to_id: draft.replyToId,
    poll: poll === undefined ? null : { options: poll.options, expires_in: poll.expires_in, multiple: poll.multiple },
  };
  const { savedId } = draft;
  if (savedId === null) {
    await answered(api.POST('/api/plaza/v1/drafts', { body, headers: { 'Idempotency-Key': keyFor(body) } }));
    forgetKey();
  } else await answered(api.PUT('/api/plaza/v1/drafts/{id}', { params: { path: { id: savedId } }, body }));
  await queryClient.invalidateQueries({ queryKey: SAVED_DRAFTS_KEY });
}

export async function removeSavedDraft(id: string): Promise<void> {
  await answered(api.DELETE('/api/plaza/v1/drafts/{id}', { params: { path: { id } } }));
  await queryClient.invalidateQueries({ queryKey: SAVED_DRAFTS_KEY });
}

/** A draft of the server, taken up again. */
export function draftOfSaved(saved: SavedDraft): Draft {
  const { visibility, sensitive, language, text, spoiler_text, poll } = saved;
  return {
    ...emptyDraft({ visibility, sensitive, language: language ?? '' }, `saved:${saved.id}`),
    text,
    warned: spoiler_text !== '',
    warning: spoiler_text,
    poll: poll && { options: poll.options, seconds: poll.expires_in, multiple: poll.multiple },
    media: saved.media_attachments.map(draftMedia),
    replyToId: saved.in_reply_to_id,
    savedId: saved.id,
  };
}
