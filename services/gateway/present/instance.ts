import { LIMITS } from '#policies/limits/limits.ts';
import type { GatewayConfig } from '../config.ts';
import type { Urls } from './urls.ts';

/** The release of Mastodon whose API this one follows, so that clients know what to ask for. */
const COMPATIBLE_VERSION = '4.4.0';
const API_VERSION = 1;
const IMAGE_TYPES = ['image/jpeg', 'image/png', 'image/gif', 'image/webp'];
const VIDEO_TYPES = ['video/mp4', 'video/webm', 'video/quicktime', 'video/ogg'];
const AUDIO_TYPES = ['audio/mpeg', 'audio/ogg', 'audio/wav', 'audio/webm', 'audio/flac', 'audio/aac', 'audio/mp4'];
/** Videos are kept as they come: any frame rate and size that fits into the file's limit. */
const VIDEO_FRAME_RATE = 120;
const THUMBNAIL_PATH = '/profile-images/missing-header.png';

/** An `Instance`. */
export function instanceJson(config: GatewayConfig, urls: Urls, statistics: { readonly activeMonth: number }) {
  const { instance } = config;
  return {
    domain: urls.domain,
    title: instance.title,
    version: versionText(config),
    source_url: instance.sourceUrl || urls.origin,
    description: instance.description,
    usage: { users: { active_month: statistics.activeMonth } },
    thumbnail: { url: urls.absolute(THUMBNAIL_PATH), blurhash: null, versions: {} },
    icon: [{ src: urls.absolute('/profile-images/missing-avatar.png'), size: '400x400' }],
    languages: instance.languages,
    configuration: {
      urls: { about: urls.absolute('/') },
      ...limitsJson(),
      translation: { enabled: false },
      limited_federation: true,
    },
    registrations: {
      enabled: config.signUp !== 'closed',
      approval_required: config.signUp === 'approval',
      reason_required: config.signUp === 'approval',
      message: null,
      min_age: null,
      url: urls.absolute('/sign-up'),
    },
    api_versions: { mastodon: API_VERSION },
    contact: { email: instance.contactEmail, account: null },
    rules: rulesJson(instance.rules),
  };
}

/** An `Instance` of version 1. */
export function instanceV1Json(config: GatewayConfig, urls: Urls, accounts: number, posts: number) {
  const { instance } = config;
  return {
    uri: urls.domain,
    title: instance.title,
    short_description: instance.description,
    description: instance.description,
    email: instance.contactEmail,
    version: versionText(config),
    urls: { streaming_api: urls.origin.replace(/^http/, 'ws') },
    stats: { user_count: accounts, status_count: posts, domain_count: 1 },
    thumbnail: urls.absolute(THUMBNAIL_PATH),
    languages: instance.languages,
    registrations: config.signUp !== 'closed',
    approval_required: config.signUp === 'approval',
    invites_enabled: config.signUp === 'invitation',
    configuration: limitsJson(),
    contact_account: null,
    rules: rulesJson(instance.rules),
  };
}

export function rulesJson(rules: readonly string[]) {
  return rules.map((text, at) => ({ id: String(at + 1), text, hint: '', translations: {} }));
}

function versionText(config: GatewayConfig): string {
  return `${COMPATIBLE_VERSION} (compatible; Plaza ${config.instance.version})`;
}

function limitsJson() {
  return {
    accounts: {
      max_featured_tags: LIMITS.featuredTags,
      max_pinned_statuses: LIMITS.pinnedPosts,
      max_profile_fields: LIMITS.profileFields,
      profile_field_name_limit: LIMITS.profileFieldCharacters,
      profile_field_value_limit: LIMITS.profileFieldCharacters,
      max_display_name_length: LIMITS.displayNameCharacters,
      max_note_length: LIMITS.bioCharacters,
    },
    statuses: {
      max_characters: LIMITS.postCharacters,
      max_media_attachments: LIMITS.mediaPerPost,
      characters_reserved_per_url: LIMITS.charactersPerLink,
      supported_mime_types: ['text/plain'],
    },
    media_attachments: {
      supported_mime_types: [...IMAGE_TYPES, ...VIDEO_TYPES, ...AUDIO_TYPES],
      description_limit: LIMITS.mediaDescriptionCharacters,
      image_size_limit: LIMITS.imageBytes,
      image_matrix_limit: LIMITS.imagePixels,
      video_size_limit: LIMITS.videoBytes,
      video_frame_rate_limit: VIDEO_FRAME_RATE,
      video_matrix_limit: LIMITS.imagePixels,
    },
    polls: {
      max_options: LIMITS.pollOptions,
      max_characters_per_option: LIMITS.pollOptionCharacters,
      min_expiration: LIMITS.pollMinSeconds,
      max_expiration: LIMITS.pollMaxSeconds,
    },
  };
}
