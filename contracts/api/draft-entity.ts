import Type, { type TSchema } from 'typebox';

const Id = Type.String({ description: 'A 64-bit id in decimal text' });
const Time = Type.String({ format: 'date-time' });
const orNull = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null()]);

/** A draft as `/api/plaza/v1/drafts` answers it. */
export const Draft = (mediaAttachment: TSchema) =>
  Type.Object({
    id: Id,
    updated_at: Time,
    text: Type.String(),
    spoiler_text: Type.String(),
    sensitive: Type.Boolean(),
    visibility: Type.Union([Type.Literal('public'), Type.Literal('unlisted'), Type.Literal('private')]),
    language: orNull(Type.String()),
    in_reply_to_id: orNull(Id),
    scheduled_at: orNull(Time),
    poll: orNull(
      Type.Object({
        options: Type.Array(Type.String()),
        expires_in: Type.Integer({ description: 'In seconds' }),
        multiple: Type.Boolean(),
        hide_totals: Type.Boolean(),
      }),
    ),
    media_attachments: Type.Array(mediaAttachment),
  });
