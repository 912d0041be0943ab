import type { Turn } from '../../api/threads.ts';

/** A line of a conversation as it is shown. */
export type Row =
  /** `line`: the only answer to it stands right below, in line with it. */
  | { readonly kind: 'post'; readonly id: string; readonly depth: number; readonly line: boolean }
  /** Replies that are folded: `count` posts with all that answers them. */
  | { readonly kind: 'folded'; readonly under: string; readonly depth: number; readonly count: number }
  /** A branch that goes on on the screen of its last post that is shown here. */
  | { readonly kind: 'further'; readonly id: string; readonly depth: number; readonly count: number };

/** So many replies to one post are shown, and so many more each time that more are asked for. */
export const SHOWN_REPLIES = { focused: 30, other: 3, step: 40 } as const;
/** From here on a branch goes on on its own screen: indentation leaves no room for text on a phone. */
const MOST_DEPTH = 3;
/** An answer to an answer to an answer … with no other replies stays in one line; so long a line goes on on its own screen, too. */
const MOST_LEVELS = 12;

/** The replies to a post in the order in which they are read: each with what answers it right below. `more` says how many further replies to a post were asked for. */
export function rowsOf(
  root: string,
  turns: readonly Turn[],
  more: Readonly<Record<string, number>> = {},
): readonly Row[] {
  const children = childrenOf(root, turns);
  const sizes = new Map<string, number>();
  const rows: Row[] = [];

  const size = (id: string): number => {
    const known = sizes.get(id);
    if (known !== undefined) return known;
    const all = (children.get(id) ?? []).reduce((sum, child) => sum + size(child), 1);
    sizes.set(id, all);
    return all;
  };

  const put = (id: string, depth: number, level: number): void => {
    const replies = children.get(id) ?? [];
    const first = id === root ? SHOWN_REPLIES.focused : SHOWN_REPLIES.other;
    const shown = replies.slice(0, first + (more[id] ?? 0));
    const inLine = id !== root && replies.length === 1;
    const below = id === root || inLine ? depth : depth + 1;
    if (replies.length > 0 && (below > MOST_DEPTH || level >= MOST_LEVELS)) {
      rows.push({ kind: 'further', id, depth, count: size(id) - 1 });
      return;
    }
    for (const reply of shown) {
      const line = children.get(reply)?.length === 1 && level + 1 < MOST_LEVELS;
      rows.push({ kind: 'post', id: reply, depth: below, line });
      put(reply, below, level + 1);
    }
    const folded = replies.slice(shown.length);
    if (folded.length > 0) {
      rows.push({
        kind: 'folded',
        under: id,
        depth: below,
        count: folded.reduce((sum, child) => sum + size(child), 0),
      });
    }
  };

  put(root, 0, 0);
  return rows;
}

/** Replies by what they answer, in the order of the conversation. What answers a post that is not here any more answers the root. */
function childrenOf(root: string, turns: readonly Turn[]): ReadonlyMap<string, readonly string[]> {
  const known = new Set([root, ...turns.map(({ id }) => id)]);
  const children = new Map<string, string[]>();
  for (const { id, answers } of turns) {
    const parent = answers !== null && known.has(answers) && answers !== id ? answers : root;
    children.set(parent, [...(children.get(parent) ?? []), id]);
  }
  return children;
}

/** The beginning of a conversation, its last posts, and how many between them are folded. */
export function foldAncestors(ancestors: readonly string[], unfolded: boolean) {
  const kept = 5;
  if (unfolded || ancestors.length <= kept + 2) return { first: [], folded: 0, last: ancestors };
  return { first: ancestors.slice(0, 1), folded: ancestors.length - kept - 1, last: ancestors.slice(-kept) };
}
