import type { Page } from '#contracts/model/common.ts';
import type { List } from '#contracts/services/feed.ts';
import type { PostService } from '#contracts/services/post.ts';
import type { UserService } from '#contracts/services/user.ts';
import { type CallContext, childContext } from '#platform/calls/context.ts';
import type { AuthorRecents } from '../authors/recents.ts';
import { merged } from '../entries/merge.ts';
import { fillDownwards, fillUpwards, type ShownPage } from '../entries/page.ts';
import { collect, type EntryStream, listStream } from '../entries/stream.ts';
import { FOLD_WINDOW } from '../judge/fold.ts';
import { Material } from '../judge/material.ts';
import { type Arrangement, stands } from '../judge/rules.ts';
import { judgeBy } from '../judge/timeline-judge.ts';
import type { Lists } from './store.ts';

interface Parts {
  readonly post: PostService;
  readonly user: UserService;
  readonly recents: AuthorRecents;
  readonly lists: Lists;
}

/** Entries that a page upwards looks at: what lies further down is then left out. */
const MAX_UPWARDS = 4_000;

/**
 * The posts of a list's members, merged when it is read: their newest posts stand in memory, so nothing has to be pushed to lists that nobody may read.
 */
export class ListTimeline {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async read(listId: string, ownerId: string, page: Page, context: CallContext): Promise<ShownPage> {
    const { post, user, lists } = this.#parts;
    const list = await lists.get(listId, ownerId);
    const members = await lists.memberIds(listId);
    const service = childContext(context, { caller: { kind: 'service', name: 'feed' } });
    const material = new Material(post, user, ownerId, context);
    const arrangement = arrangementOf(list, new Set(members));
    const judge = judgeBy(material, (entry) => stands(entry, material, arrangement), { folding: true });
    const downwards = (below: string | undefined, from: string) => this.#stream(members, below, from, service);
    if (page.minId === undefined) return fillDownwards(downwards(page.maxId, '0'), page, judge);
    const { entries } = await collect(downwards(page.maxId, (BigInt(page.minId) + 1n).toString()), MAX_UPWARDS);
    const older = async (id: string) => (await collect(downwards(id, '0'), FOLD_WINDOW)).entries;
    return fillUpwards(listStream(entries.reverse()), older, page, judge);
  }

  #stream(members: readonly string[], below: string | undefined, from: string, context: CallContext): EntryStream {
    const { recents } = this.#parts;
    return merged(
      members.map((id) => recents.newestFirst(id, below ?? null, from, context)),
      'newest-first',
    );
  }
}

/** Replies to others stand where their addressee is followed, or is in the list too, or not at all. */
function arrangementOf(list: List, members: ReadonlySet<string>): Arrangement {
  return {
    excludedAuthors: new Set(),
    followsTagOf: () => false,
    mayStandAsReply: (to, facts) => {
      if (list.repliesPolicy === 'none' || !facts?.following) return false;
      return list.repliesPolicy === 'followed' || members.has(to);
    },
  };
}
