import Type, { type TSchema } from 'typebox';
import { Draft } from './draft-entity.ts';
import { PLAZA_ENTITIES } from './plaza-entities.ts';

/**
 * The shapes of what the public API answers, in the words of Mastodon's API. They are the document; what is sent is made by the presenters of the
 * gateway, and a test holds the two together.
 */
const Id = Type.String({ description: 'A 64-bit id in decimal text' });
const Time = Type.String({ format: 'date-time' });
const Day = Type.String({ format: 'date' });
const Uri = Type.String({ format: 'uri' });
const Html = Type.String({ description: 'HTML made by the server from plain text: safe to be shown' });
const Count = Type.Integer({ minimum: 0 });
const orNull = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
const oneOf = (...words: readonly string[]) => Type.Union(words.map((word) => Type.Literal(word)));
const ref = (name: string) => Type.Unsafe<unknown>({ $ref: `#/components/schemas/${name}` });
const Never = Type.Array(Type.Object({}), { maxItems: 0, description: 'Always empty' });

const Visibility = oneOf('public', 'unlisted', 'private');

const Field = Type.Object({ name: Type.String(), value: Html, verified_at: orNull(Time) });

const accountFields = {
  id: Id,
  username: Type.String(),
  acct: Type.String(),
  display_name: Type.String(),
  locked: Type.Boolean(),
  bot: Type.Boolean(),
  discoverable: Type.Boolean(),
  indexable: Type.Boolean(),
  noindex: Type.Boolean(),
  hide_collections: Type.Boolean(),
  group: Type.Boolean(),
  created_at: Time,
  note: Html,
  url: Uri,
  uri: Uri,
  avatar: Uri,
  avatar_static: Uri,
  avatar_description: Type.String(),
  header: Uri,
  header_static: Uri,
  header_description: Type.String(),
  emojis: Never,
  roles: Never,
  fields: Type.Array(Field),
  suspended: Type.Optional(Type.Boolean()),
  followers_count: Count,
  following_count: Count,
  statuses_count: Count,
  last_status_at: orNull(Day),
};

const Role = Type.Object({
  id: Type.String(),
  name: Type.String(),
  color: Type.String(),
  permissions: Type.String(),
  highlighted: Type.Boolean(),
});

const Size = Type.Object({ width: Count, height: Count, size: Type.String(), aspect: Type.Number() });

const MediaAttachment = Type.Object({
  id: Id,
  type: oneOf('image', 'gifv', 'video', 'audio'),
  url: Uri,
  preview_url: orNull(Uri),
  remote_url: Type.Null(),
  preview_remote_url: Type.Null(),
  text_url: Type.Null(),
  meta: Type.Object({
    original: Type.Optional(Size),
    small: Type.Optional(Size),
    focus: Type.Optional(Type.Object({ x: Type.Number(), y: Type.Number() })),
  }),
  description: orNull(Type.String()),
  blurhash: orNull(Type.String()),
});

const Poll = Type.Object({
  id: Id,
  expires_at: orNull(Time),
  expired: Type.Boolean(),
  multiple: Type.Boolean(),
  votes_count: Count,
  voters_count: Count,
  options: Type.Array(Type.Object({ title: Type.String(), votes_count: orNull(Count) })),
  emojis: Never,
  voted: Type.Optional(Type.Boolean()),
  own_votes: Type.Optional(Type.Array(Count)),
});

const FilterSummary = {
  id: Id,
  title: Type.String(),
  context: Type.Array(oneOf('home', 'notifications', 'public', 'thread', 'account')),
  expires_at: orNull(Time),
  filter_action: oneOf('warn', 'hide', 'blur'),
};

const FilterResult = Type.Object({
  filter: Type.Object(FilterSummary),
  keyword_matches: orNull(Type.Array(Type.String())),
  status_matches: orNull(Type.Array(Id)),
});

const statusFields = {
  id: Id,
  created_at: Time,
  in_reply_to_id: orNull(Id),
  in_reply_to_account_id: orNull(Id),
  sensitive: Type.Boolean(),
  spoiler_text: Type.String(),
  visibility: Visibility,
  language: orNull(Type.String()),
  content: Html,
  edited_at: orNull(Time),
  application: orNull(Type.Object({ name: Type.String(), website: orNull(Type.String()) })),
  mentions: Type.Array(Type.Object({ id: Id, username: Type.String(), url: Uri, acct: Type.String() })),
  tags: Type.Array(Type.Object({ name: Type.String(), url: Uri })),
  emojis: Never,
  card: Type.Null(),
  quote: Type.Null(),
  quotes_count: Count,
  media_attachments: Type.Array(ref('MediaAttachment')),
  uri: Uri,
  url: Uri,
  replies_count: Count,
  reblogs_count: Count,
  favourites_count: Count,
  account: ref('Account'),
  poll: orNull(ref('Poll')),
  reblog: orNull(ref('Status')),
  favourited: Type.Optional(Type.Boolean()),
  reblogged: Type.Optional(Type.Boolean()),
  muted: Type.Optional(Type.Boolean()),
  bookmarked: Type.Optional(Type.Boolean()),
  pinned: Type.Optional(Type.Boolean()),
  filtered: Type.Optional(Type.Array(ref('FilterResult'))),
  text: Type.Optional(Type.String({ description: 'What was typed; only in the answer to a deletion' })),
};

const applicationFields = {
  id: Id,
  name: Type.String(),
  website: orNull(Type.String()),
  scopes: Type.Array(Type.String()),
  redirect_uri: Type.String(),
  redirect_uris: Type.Array(Type.String()),
  vapid_key: Type.String(),
};

const Rule = Type.Object({
  id: Type.String(),
  text: Type.String(),
  hint: Type.String(),
  translations: Type.Object({}),
});
const Marker = Type.Object({ last_read_id: Id, version: Count, updated_at: Time });
const Anything = Type.Object({}, { additionalProperties: true });

export const ENTITIES = {
  ...PLAZA_ENTITIES,
  Account: Type.Object(accountFields),
  MutedAccount: Type.Object({ ...accountFields, mute_expires_at: orNull(Time) }),
  CredentialAccount: Type.Object({
    ...accountFields,
    source: Type.Object({
      privacy: Visibility,
      sensitive: Type.Boolean(),
      language: orNull(Type.String()),
      note: Type.String(),
      fields: Type.Array(Field),
      follow_requests_count: Count,
      discoverable: Type.Boolean(),
      indexable: Type.Boolean(),
      hide_collections: Type.Boolean(),
      attribution_domains: Type.Array(Type.String()),
      quote_policy: Type.String(),
    }),
    role: Role,
  }),
  Relationship: Type.Object({
    id: Id,
    following: Type.Boolean(),
    showing_reblogs: Type.Boolean(),
    notifying: Type.Boolean(),
    languages: orNull(Type.Array(Type.String())),
    followed_by: Type.Boolean(),
    blocking: Type.Boolean(),
    blocked_by: Type.Boolean(),
    muting: Type.Boolean(),
    muting_notifications: Type.Boolean(),
    muting_expires_at: orNull(Time),
    requested: Type.Boolean(),
    requested_by: Type.Boolean(),
    domain_blocking: Type.Boolean(),
    endorsed: Type.Boolean(),
    note: Type.String(),
  }),
  FamiliarFollowers: Type.Object({ id: Id, accounts: Type.Array(ref('Account')) }),
  Suggestion: Type.Object({
    source: oneOf('past_interactions', 'global'),
    sources: Type.Array(oneOf('friends_of_friends', 'most_followed')),
    account: ref('Account'),
  }),
  Status: Type.Object(statusFields),
  Context: Type.Object({ ancestors: Type.Array(ref('Status')), descendants: Type.Array(ref('Status')) }),
  StatusEdit: Type.Object({
    content: Html,
    spoiler_text: Type.String(),
    sensitive: Type.Boolean(),
    created_at: Time,
    media_attachments: Type.Array(ref('MediaAttachment')),
    emojis: Never,
    poll: orNull(Type.Object({ options: Type.Array(Type.Object({ title: Type.String() })) })),
    quote: Type.Null(),
    account: ref('Account'),
  }),
  StatusSource: Type.Object({ id: Id, text: Type.String(), spoiler_text: Type.String() }),
  Draft: Draft(ref('MediaAttachment')),
  ScheduledStatus: Type.Object({
    id: Id,
    scheduled_at: Time,
    params: Type.Object({
      text: Type.String(),
      visibility: Visibility,
      sensitive: Type.Boolean(),
      spoiler_text: Type.String(),
      language: orNull(Type.String()),
      in_reply_to_id: orNull(Type.Number()),
      application_id: Type.Number(),
      media_ids: orNull(Type.Array(Id)),
      poll: orNull(Anything),
      scheduled_at: Type.Null(),
      idempotency: Type.Null(),
      with_rate_limit: Type.Boolean(),
      quoted_status_id: Type.Null(),
    }),
    in_reply_to_id: orNull(Id),
    media_attachments: Type.Array(ref('MediaAttachment')),
  }),
  MediaAttachment,
  Poll,
  FilterResult,
  Filter: Type.Object({
    ...FilterSummary,
    keywords: Type.Array(ref('FilterKeyword')),
    statuses: Type.Array(ref('FilterStatus')),
  }),
  FilterKeyword: Type.Object({ id: Id, keyword: Type.String(), whole_word: Type.Boolean() }),
  FilterStatus: Type.Object({ id: Id, status_id: Id }),
  List: Type.Object({
    id: Id,
    title: Type.String(),
    replies_policy: oneOf('followed', 'list', 'none'),
    exclusive: Type.Boolean(),
  }),
  Tag: Type.Object({
    id: Type.String(),
    name: Type.String(),
    url: Uri,
    history: Type.Array(Type.Object({ day: Type.String(), uses: Type.String(), accounts: Type.String() })),
    following: Type.Optional(Type.Boolean()),
    featuring: Type.Optional(Type.Boolean()),
  }),
  FeaturedTag: Type.Object({
    id: Id,
    name: Type.String(),
    url: Uri,
    statuses_count: Type.String(),
    last_status_at: orNull(Day),
  }),
  Search: Type.Object({
    accounts: Type.Array(ref('Account')),
    statuses: Type.Array(ref('Status')),
    hashtags: Type.Array(ref('Tag')),
  }),
  Preferences: Type.Object({
    'posting:default:visibility': Visibility,
    'posting:default:sensitive': Type.Boolean(),
    'posting:default:language': orNull(Type.String()),
    'posting:default:quote_policy': Type.String(),
    'reading:expand:media': oneOf('default', 'show_all', 'hide_all'),
    'reading:expand:spoilers': Type.Boolean(),
    'reading:autoplay:gifs': Type.Boolean(),
  }),
  Markers: Type.Object({ home: Type.Optional(Marker), notifications: Type.Optional(Marker) }),
  Application: Type.Object(applicationFields),
  CredentialApplication: Type.Object({
    ...applicationFields,
    client_id: Type.String(),
    client_secret: Type.String(),
    client_secret_expires_at: Type.Integer(),
  }),
  Token: Type.Object({
    access_token: Type.String(),
    token_type: Type.String(),
    scope: Type.String(),
    created_at: Type.Integer({ description: 'Seconds since the epoch' }),
  }),
  Instance: Type.Object({
    domain: Type.String(),
    title: Type.String(),
    version: Type.String(),
    source_url: Type.String(),
    description: Type.String(),
    usage: Type.Object({ users: Type.Object({ active_month: Count }) }),
    thumbnail: Type.Object({ url: Uri, blurhash: Type.Null(), versions: Anything }),
    icon: Type.Array(Type.Object({ src: Uri, size: Type.String() })),
    languages: Type.Array(Type.String()),
    configuration: Anything,
    registrations: Type.Object({
      enabled: Type.Boolean(),
      approval_required: Type.Boolean(),
      reason_required: Type.Boolean(),
      message: orNull(Type.String()),
      min_age: Type.Null(),
      url: Uri,
    }),
    api_versions: Type.Object({ mastodon: Type.Integer() }),
    contact: Type.Object({ email: Type.String(), account: Type.Null() }),
    rules: Type.Array(Rule),
  }),
  V1Instance: Type.Object({
    uri: Type.String(),
    title: Type.String(),
    short_description: Type.String(),
    description: Type.String(),
    email: Type.String(),
    version: Type.String(),
    urls: Type.Object({ streaming_api: Type.String() }),
    stats: Type.Object({ user_count: Count, status_count: Count, domain_count: Count }),
    thumbnail: Uri,
    languages: Type.Array(Type.String()),
    registrations: Type.Boolean(),
    approval_required: Type.Boolean(),
    invites_enabled: Type.Boolean(),
    configuration: Anything,
    contact_account: Type.Null(),
    rules: Type.Array(Rule),
  }),
  Rule,
  CustomEmoji: Type.Object({ shortcode: Type.String(), url: Uri, static_url: Uri, visible_in_picker: Type.Boolean() }),
  NodeInfoLinks: Type.Object({ links: Type.Array(Type.Object({ rel: Type.String(), href: Uri })) }),
  NodeInfo: Anything,
  Webfinger: Type.Object({
    subject: Type.String(),
    aliases: Type.Array(Uri),
    links: Type.Array(Type.Object({ rel: Type.String(), type: Type.String(), href: Uri })),
  }),
  OAuthMetadata: Type.Object({
    issuer: Uri,
    service_documentation: Uri,
    authorization_endpoint: Uri,
    token_endpoint: Uri,
    app_registration_endpoint: Uri,
    revocation_endpoint: Uri,
    userinfo_endpoint: Uri,
    scopes_supported: Type.Array(Type.String()),
    response_types_supported: Type.Array(Type.String()),
    response_modes_supported: Type.Array(Type.String()),
    grant_types_supported: Type.Array(Type.String()),
    token_endpoint_auth_methods_supported: Type.Array(Type.String()),
    code_challenge_methods_supported: Type.Array(Type.String()),
  }),
  UserInfo: Type.Object({
    iss: Uri,
    sub: Uri,
    name: Type.String(),
    preferred_username: Type.String(),
    profile: Uri,
    picture: Uri,
  }),
  Empty: Type.Object({}),
  Error: Type.Object({
    error: Type.String(),
    error_description: Type.Optional(Type.String()),
    details: Type.Optional(
      Type.Record(Type.String(), Type.Array(Type.Object({ error: Type.String(), description: Type.String() }))),
    ),
  }),
} as const satisfies Record<string, TSchema>;
