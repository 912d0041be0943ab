import Type, { type Static, type TSchema } from 'typebox';
import type { DraftContent } from '#contracts/model/post.ts';
import { timeOf } from '../../params/time.ts';
import { Flag, IdParam, Text } from '../../params/types.ts';
import { languageOf, PollParameters, pollContent, VisibilityParameter, visibilityOf } from '../statuses/draft.ts';

const orNull = <S extends TSchema>(schema: S) => Type.Optional(Type.Union([schema, Type.Null()]));

/** What is kept of a post that somebody has begun. Lengths only bound what is stored: what a post may be is said when it is posted. */
export const DraftContentParameters = Type.Object({
  text: Type.String({ maxLength: 50_000, default: '' }),
  spoiler_text: Type.String({ maxLength: 5_000, default: '' }),
  sensitive: Flag(false),
  visibility: VisibilityParameter,
  language: orNull(Text(12)),
  in_reply_to_id: orNull(IdParam),
  scheduled_at: orNull(Text(60)),
  media_ids: Type.Array(IdParam, { default: [], maxItems: 4 }),
  poll: orNull(PollParameters),
});

export function draftContentOf(sent: Static<typeof DraftContentParameters>): DraftContent {
  const { poll } = sent;
  return {
    text: sent.text,
    contentWarning: sent.spoiler_text,
    sensitive: sent.sensitive,
    visibility: visibilityOf(sent.visibility),
    language: sent.language ? languageOf(sent.language) : null,
    replyToId: sent.in_reply_to_id ?? null,
    dueMs: sent.scheduled_at ? timeOf(sent.scheduled_at) : null,
    mediaIds: sent.media_ids,
    poll: poll ? pollContent(poll) : null,
  };
}
