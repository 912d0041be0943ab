import { answered, api } from '../api/client.ts';
import { changeStatus, knownStatus, rememberStatus } from '../api/statuses.ts';
import type { Status } from '../api/types.ts';
import { failureWords } from '../ui/failure-notice.tsx';
import { toast } from '../ui/toasts.tsx';

type Act =
  | 'favourite'
  | 'unfavourite'
  | 'reblog'
  | 'unreblog'
  | 'bookmark'
  | 'unbookmark'
  | 'pin'
  | 'unpin'
  | 'mute'
  | 'unmute';

/** What an act changes at once in what is shown, before the server has confirmed it. */
const EFFECTS: Readonly<Record<Act, (status: Status) => Partial<Status>>> = {
  favourite: ({ favourites_count }) => ({ favourited: true, favourites_count: favourites_count + 1 }),
  unfavourite: ({ favourites_count }) => ({ favourited: false, favourites_count: Math.max(0, favourites_count - 1) }),
  reblog: ({ reblogs_count }) => ({ reblogged: true, reblogs_count: reblogs_count + 1 }),
  unreblog: ({ reblogs_count }) => ({ reblogged: false, reblogs_count: Math.max(0, reblogs_count - 1) }),
  bookmark: () => ({ bookmarked: true }),
  unbookmark: () => ({ bookmarked: false }),
  pin: () => ({ pinned: true }),
  unpin: () => ({ pinned: false }),
  mute: () => ({ muted: true }),
  unmute: () => ({ muted: false }),
};

/** Acts on a post: shown at once, taken back when the server refuses. */
export async function act(name: Act, id: string): Promise<void> {
  const before = knownStatus(id);
  changeStatus(id, (status) => ({ ...status, ...EFFECTS[name](status) }));
  try {
    const call = api.POST(`/api/v1/statuses/{id}/${name}`, { params: { path: { id } } });
    // The answer to a repost is the repost, and what was reposted stands in it.
    rememberStatus((await answered(call)) as Status);
  } catch (error) {
    if (before !== undefined) changeStatus(id, () => before);
    toast(failureWords(error));
  }
}
