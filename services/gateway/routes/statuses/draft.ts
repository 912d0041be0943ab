import Type, { type Static } from 'typebox';
import type { PostDraft } from '#contracts/model/post.ts';
import { invalid } from '#platform/errors/errors.ts';
import type { Gateway } from '../../gateway.ts';
import { Flag, IdParam, Text } from '../../params/types.ts';
import type { ApiRequest } from '../../route.ts';

/** `multiple` or several choices; `hide_totals` keeps the counts back until the end. */
export const PollParameters = Type.Object({
  options: Type.Array(Text(200), { maxItems: 10 }),
  expires_in: Type.Integer({ minimum: 1, maximum: 315_360_000 }),
  multiple: Flag(false),
  hide_totals: Flag(false),
});

/** What a person writes. Lengths here only bound the work: the post service says what a post may be. */
export const DraftParameters = {
  status: Type.Optional(Text(50_000)),
  media_ids: Type.Optional(Type.Array(IdParam, { maxItems: 20 })),
  poll: Type.Optional(PollParameters),
  sensitive: Type.Optional(Type.Boolean()),
  spoiler_text: Type.Optional(Text(5_000)),
  language: Type.Optional(Text(12)),
};

const VISIBILITY = { public: 'public', unlisted: 'unlisted', private: 'followers' } as const;
export type ApiVisibility = keyof typeof VISIBILITY | 'direct';

export const VisibilityParameter = Type.Union([
  Type.Literal('public'),
  Type.Literal('unlisted'),
  Type.Literal('private'),
  Type.Literal('direct'),
]);

/** Mastodon's word for who may see a post in ours. Private mentions are refused. */
export function visibilityOf(visibility: ApiVisibility): Static<typeof PostDraft>['visibility'] {
  if (visibility === 'direct') {
    throw invalid('visibility', 'ERR_INCLUSION', 'Posts for mentioned people only (direct) cannot be sent here');
  }
  return VISIBILITY[visibility];
}

/** Text that names a language; anything else that clients send means none. */
export function languageOf(language: string): string | null {
  return /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$/.test(language) ? language : null;
}

interface Typed {
  readonly status?: string;
  readonly media_ids?: readonly string[];
  readonly poll?: Static<typeof PollParameters>;
  readonly sensitive?: boolean;
  readonly spoiler_text?: string;
  readonly language?: string;
  readonly visibility?: ApiVisibility;
  readonly in_reply_to_id?: string;
}

/** A draft, with the writer's own settings where the client says nothing. */
export async function draftOf(
  typed: Typed,
  { context, principal }: ApiRequest,
  { services }: Gateway,
): Promise<Static<typeof PostDraft>> {
  const asked = typed.visibility === undefined || typed.sensitive === undefined || typed.language === undefined;
  const preferences = asked ? await services.user.getPreferences({}, context) : undefined;
  const contentWarning = typed.spoiler_text ?? '';
  return {
    text: typed.status ?? '',
    contentWarning,
    sensitive: (typed.sensitive ?? preferences!.postingSensitive) || contentWarning !== '',
    language: typed.language === undefined ? preferences!.postingLanguage : languageOf(typed.language),
    visibility: typed.visibility === undefined ? preferences!.postingVisibility : visibilityOf(typed.visibility),
    replyToId: typed.in_reply_to_id ?? null,
    mediaIds: [...(typed.media_ids ?? [])],
    poll: typed.poll === undefined ? null : pollDraft(typed.poll),
    application:
      principal === null || principal.appName === null
        ? null
        : { name: principal.appName, website: principal.appWebsite },
  };
}

export function pollDraft(poll: Static<typeof PollParameters>) {
  if (poll.options.length < 2) throw invalid('poll[options]', 'ERR_BLANK', 'poll[options] needs at least two options');
  return pollContent(poll);
}

/** A poll as it was typed, fit for posting or not. */
export function pollContent(poll: Static<typeof PollParameters>) {
  return {
    options: poll.options,
    multiple: poll.multiple,
    hideTotals: poll.hide_totals,
    expiresInSeconds: poll.expires_in,
  };
}
