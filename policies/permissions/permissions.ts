/**
 * May somebody with this role do this? One table, and whatever does not stand in it is denied. What a person may do with their own things (posts,
 * follows, settings) needs no more than `posts.write` and the like; the rest is work for the community.
 */
export const BUILT_IN_ROLES = ['user', 'moderator', 'admin'] as const;
export type BuiltInRole = (typeof BUILT_IN_ROLES)[number];

const EVERYONE = ['user', 'moderator', 'admin'] as const;
const STAFF = ['moderator', 'admin'] as const;
const ADMIN = ['admin'] as const;

const TABLE = {
  /** Write, edit and delete one's own posts, polls and media. */
  'posts.write': EVERYONE,
  /** Follow, block, mute. */
  'graph.write': EVERYONE,
  'profile.write': EVERYONE,
  'messages.write': EVERYONE,
  'reports.create': EVERYONE,
  /** Make invitations where sign-up is by invitation. */
  'invites.create': STAFF,
  /** See accounts with their e-mail addresses, states and sessions. */
  'accounts.view': STAFF,
  /** Approve or reject who asks to join. */
  'accounts.approve': STAFF,
  /** Suspend and lift suspensions. */
  'accounts.suspend': STAFF,
  /** Create accounts, set passwords. */
  'accounts.manage': ADMIN,
  'reports.manage': STAFF,
  /** Hide, mark and delete the posts of others. */
  'content.moderate': STAFF,
  'trends.manage': STAFF,
  /** Read who moderated what. */
  'audit.view': STAFF,
  /** Figures about the whole community. */
  'insights.view': STAFF,
  /** Give roles and define them. Nobody can give what they do not have. */
  'roles.manage': ADMIN,
  /** Rules, texts and settings of this Plaza. */
  'settings.manage': ADMIN,
} as const satisfies Record<string, readonly BuiltInRole[]>;

export type Permission = keyof typeof TABLE;

export const PERMISSIONS = Object.keys(TABLE) as readonly Permission[];

/** The role of an app that acts for itself: it may do nothing that needs a permission. */
export const APP_ROLE = 'app';

const OF_ROLE: ReadonlyMap<string, readonly Permission[]> = new Map(
  BUILT_IN_ROLES.map((role) => [
    role,
    PERMISSIONS.filter((permission) => (TABLE[permission] as readonly BuiltInRole[]).includes(role)),
  ]),
);

/** Permissions of a built-in role; undefined for any other name. */
export function builtInPermissions(role: string): readonly Permission[] | undefined {
  return OF_ROLE.get(role);
}

export function isPermission(text: string): text is Permission {
  return Object.hasOwn(TABLE, text);
}

/**
 * Whether `who`, the permissions that somebody has (`Principal.permissions`) or the name of a built-in role, includes `permission`. An unknown
 * role or permission may nothing.
 */
export function may(who: readonly string[] | string, permission: Permission): boolean {
  if (!isPermission(permission)) return false;
  return (typeof who === 'string' ? (OF_ROLE.get(who) ?? []) : who).includes(permission);
}

/** Whether everything in `wanted` is in `held`: nobody gives, takes over or disturbs more than they have themselves. */
export function within(wanted: readonly string[], held: readonly string[]): boolean {
  return wanted.every((permission) => held.includes(permission));
}
