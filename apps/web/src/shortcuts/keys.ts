/** What single keys do, by the keys in their order. */
export const KEYS = {
  j: 'next',
  ArrowDown: 'next',
  k: 'previous',
  ArrowUp: 'previous',
  o: 'open',
  Enter: 'open',
  l: 'like',
  t: 'repost',
  r: 'reply',
  b: 'bookmark',
  x: 'unfold',
  n: 'compose',
  '/': 'search',
  'g h': 'home',
  'g l': 'local',
  'g p': 'profile',
  'g s': 'settings',
  Escape: 'back',
  '?': 'help',
} as const satisfies Readonly<Record<string, string>>;

export type Shortcut = (typeof KEYS)[keyof typeof KEYS];

const PREFIX = 'g';
/** So long the second of two keys is waited for. */
export const SECOND_KEY_MS = 1_500;

export interface Pressed {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly timeMs: number;
}

/** Reads keys one after the other, and says what they ask for. */
export function keyReader(): (pressed: Pressed) => Shortcut | undefined {
  let firstMs: number | undefined;
  return ({ key, ctrlKey, metaKey, altKey, timeMs }) => {
    const afterFirst = firstMs !== undefined && timeMs - firstMs <= SECOND_KEY_MS;
    firstMs = undefined;
    if (ctrlKey || metaKey || altKey) return undefined;
    // A letter means the same with the capital lock on.
    const name = key.length === 1 ? key.toLowerCase() : key;
    if (afterFirst) return find(`${PREFIX} ${name}`);
    if (name === PREFIX) firstMs = timeMs;
    return find(name);
  };
}

function find(name: string): Shortcut | undefined {
  return Object.hasOwn(KEYS, name) ? KEYS[name as keyof typeof KEYS] : undefined;
}
