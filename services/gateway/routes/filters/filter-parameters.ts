import Type, { type Static } from 'typebox';
import { Flag, IdParam } from '../../params/types.ts';

const Context = Type.Union([
  Type.Literal('home'),
  Type.Literal('notifications'),
  Type.Literal('public'),
  Type.Literal('thread'),
  Type.Literal('account'),
]);
const Action = [Type.Literal('warn'), Type.Literal('hide'), Type.Literal('blur')];

const Keywords = Type.Array(
  Type.Object({
    id: Type.Optional(IdParam),
    keyword: Type.Optional(Type.String({ minLength: 1, maxLength: 512 })),
    whole_word: Type.Optional(Type.Boolean()),
    _destroy: Flag(false),
  }),
  { maxItems: 200 },
);

/** Seconds from now; empty or absent: for ever. */
const ExpiresIn = Type.Optional(Type.Integer({ minimum: 0, maximum: 3_153_600_000 }));

export const FilterParameters = Type.Object({
  title: Type.String({ minLength: 1, maxLength: 200 }),
  context: Type.Array(Context, { minItems: 1, maxItems: 5 }),
  filter_action: Type.Union(Action, { default: 'warn' }),
  expires_in: ExpiresIn,
  keywords_attributes: Type.Optional(Keywords),
});

export const FilterChangeParameters = Type.Object({
  title: Type.Optional(FilterParameters.properties.title),
  context: Type.Optional(FilterParameters.properties.context),
  filter_action: Type.Optional(Type.Union(Action)),
  /** A form sends it empty, and JSON as null, to take an expiry away. */
  expires_in: Type.Optional(Type.Union([Type.Integer({ minimum: 0, maximum: 3_153_600_000 }), Type.Null()])),
  keywords_attributes: Type.Optional(Keywords),
});

export function keywordChanges(changes: Static<typeof Keywords> | undefined) {
  return (changes ?? []).map((change) => ({
    ...(change.id === undefined ? {} : { id: change.id }),
    ...(change.keyword === undefined ? {} : { keyword: change.keyword }),
    ...(change.whole_word === undefined ? {} : { wholeWord: change.whole_word }),
    ...(change._destroy ? { remove: true } : {}),
  }));
}

export function filterChange(body: Static<typeof FilterChangeParameters>) {
  return {
    ...(body.title === undefined ? {} : { title: body.title }),
    ...(body.context === undefined ? {} : { contexts: body.context }),
    ...(body.filter_action === undefined ? {} : { action: body.filter_action }),
    ...(body.expires_in === undefined ? {} : { expiresInSeconds: body.expires_in }),
    ...(body.keywords_attributes === undefined ? {} : { keywords: keywordChanges(body.keywords_attributes) }),
  };
}
