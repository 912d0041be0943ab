import { covers } from '#policies/permissions/scopes.ts';

/** What a scope lets an app do, in plain words. */
interface Words {
  readonly text: string;
  /** Broad enough that a person should think twice. */
  readonly grave?: boolean;
}

const THINGS: Readonly<Record<string, string>> = {
  accounts: 'accounts, yours among them',
  blocks: 'whom you block',
  bookmarks: 'your bookmarks',
  collections: 'your collections',
  conversations: 'your conversations',
  favourites: 'what you like',
  filters: 'your filters',
  follows: 'whom you follow, and who follows you',
  lists: 'your lists',
  media: 'pictures and other files you add',
  mutes: 'whom you mute',
  notifications: 'your notifications',
  reports: 'reports to the moderators',
  search: 'what you search for',
  statuses: 'posts',
  canonical_email_blocks: 'blocked e-mail addresses',
  domain_allows: 'allowed domains',
  domain_blocks: 'blocked domains',
  email_domain_blocks: 'blocked e-mail providers',
  ip_blocks: 'blocked networks',
};

const WHOLE: Readonly<Record<string, Words>> = {
  profile: { text: 'See your name, picture and username, and nothing else' },
  read: { text: 'Read everything that you can read, private posts and messages among it' },
  write: { text: 'Post, like, follow, and change your profile and settings in your name' },
  follow: { text: 'See and change whom you follow, block and mute' },
  push: { text: 'Send you notifications' },
  'admin:read': { text: 'Read everything that moderators of this place can read', grave: true },
  'admin:write': { text: 'Act as a moderator in your name', grave: true },
};

const READ: Readonly<Record<string, string>> = {
  accounts: 'See accounts, yours among them',
  search: 'Search in your name',
  statuses: 'Read posts that you can read, private ones among them',
};

const WRITE: Readonly<Record<string, string>> = {
  accounts: 'Change your profile and settings',
  bookmarks: 'Add and remove bookmarks',
  favourites: 'Like posts in your name',
  follows: 'Follow and unfollow people',
  blocks: 'Block and unblock people',
  mutes: 'Mute and unmute people',
  media: 'Add pictures and other files',
  reports: 'Report people and posts in your name',
  statuses: 'Post, edit and delete in your name',
};

/** The scopes as a person should read them: what another one covers is left out, and the grave ones stand first. */
export function scopeWords(scopes: readonly string[]): readonly Words[] {
  const words = scopes
    .filter((scope) => !scopes.some((other) => other !== scope && covers([other], scope)))
    .map(wordsOf);
  return [...words.filter(({ grave }) => grave), ...words.filter(({ grave }) => !grave)];
}

export function wordsOf(scope: string): Words {
  const whole = WHOLE[scope];
  if (whole !== undefined) return whole;
  const parts = scope.split(':');
  const thing = parts.at(-1)!;
  const things = THINGS[thing] ?? thing;
  if (parts[0] === 'admin')
    return { text: `${parts[1] === 'read' ? 'Read' : 'Change'}, as a moderator: ${things}`, grave: true };
  if (parts[0] === 'read') return { text: READ[thing] ?? `See ${things}` };
  return { text: WRITE[thing] ?? `Change ${things}` };
}
