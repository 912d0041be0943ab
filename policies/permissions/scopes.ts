/**
 * The scopes of Mastodon's API. A broad scope covers its granular ones: `write` covers `write:statuses`, `admin:read` covers
 * `admin:read:reports`; `follow`, older than the granular forms, covers those for the graph.
 */
const GRANULAR = {
  read: [
    'accounts',
    'blocks',
    'bookmarks',
    'collections',
    'favourites',
    'filters',
    'follows',
    'lists',
    'mutes',
    'notifications',
    'search',
    'statuses',
  ],
  write: [
    'accounts',
    'blocks',
    'bookmarks',
    'collections',
    'conversations',
    'favourites',
    'filters',
    'follows',
    'lists',
    'media',
    'mutes',
    'notifications',
    'reports',
    'statuses',
  ],
  'admin:read': [
    'accounts',
    'canonical_email_blocks',
    'domain_allows',
    'domain_blocks',
    'email_domain_blocks',
    'ip_blocks',
    'reports',
  ],
  'admin:write': [
    'accounts',
    'canonical_email_blocks',
    'domain_allows',
    'domain_blocks',
    'email_domain_blocks',
    'ip_blocks',
    'reports',
  ],
} as const satisfies Record<string, readonly string[]>;

/** What each broad scope allows beyond itself. */
const COVERED: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ...Object.entries(GRANULAR).map(
    ([broad, parts]) => [broad, new Set(parts.map((part) => `${broad}:${part}`))] as const,
  ),
  [
    'follow',
    new Set(['read', 'write'].flatMap((verb) => ['blocks', 'follows', 'mutes'].map((part) => `${verb}:${part}`))),
  ],
]);

/** `profile` tells who a person is and nothing more, so whoever may read accounts may do it. */
const PROFILE_FROM = ['read', 'read:accounts'];

/** Every scope that an app may register, broad and granular. */
export const SCOPES: readonly string[] = [
  'profile',
  'follow',
  'push',
  ...Object.entries(GRANULAR).flatMap(([broad, parts]) => [broad, ...parts.map((part) => `${broad}:${part}`)]),
];

const KNOWN: ReadonlySet<string> = new Set(SCOPES);

/** What an app gets that names none: as Mastodon. */
export const DEFAULT_SCOPE = 'read';

/** What our own web client may do: everything a person may. */
export const FIRST_PARTY_SCOPES: readonly string[] = [
  'profile',
  'read',
  'write',
  'follow',
  'push',
  'admin:read',
  'admin:write',
];

/** Whether somebody who was granted `granted` may do what `needed` stands for. An unknown scope is covered by nothing, not even by itself. */
export function covers(granted: readonly string[], needed: string): boolean {
  if (!KNOWN.has(needed)) return false;
  return granted.some(
    (scope) =>
      scope === needed ||
      COVERED.get(scope)?.has(needed) === true ||
      (needed === 'profile' && PROFILE_FROM.includes(scope)),
  );
}

/** The same for operations that several scopes open: any one is enough. */
export function coversAny(granted: readonly string[], needed: readonly string[]): boolean {
  return needed.some((scope) => covers(granted, scope));
}

/** The scopes of a text that is separated by spaces (or `+`, as some clients write), each once; undefined when one of them is unknown. */
export function parseScopes(text: string): readonly string[] | undefined {
  const scopes = [...new Set(text.split(/[\s+]+/).filter((scope) => scope !== ''))];
  return scopes.every((scope) => KNOWN.has(scope)) ? scopes : undefined;
}
