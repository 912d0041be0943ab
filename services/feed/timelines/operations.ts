import type { Page } from '#contracts/model/common.ts';
import type { FeedService } from '#contracts/services/feed.ts';
import type { PostService } from '#contracts/services/post.ts';
import type { UserService } from '#contracts/services/user.ts';
import { accountOf, type CallContext } from '#platform/calls/context.ts';
import { merged } from '../entries/merge.ts';
import { fillDownwards, fillUpwards, type ShownPage } from '../entries/page.ts';
import type { EntryStream } from '../entries/stream.ts';
import { Material } from '../judge/material.ts';
import { listed } from '../judge/rules.ts';
import { judgeBy } from '../judge/timeline-judge.ts';
import { tagName } from '../tags/name.ts';
import type { PublicEntries } from './public.ts';
import type { TaggedEntries } from './tagged.ts';

interface Parts {
  readonly post: PostService;
  readonly user: UserService;
  readonly publicEntries: PublicEntries;
  readonly tagged: TaggedEntries;
}

/** Timelines of everybody's public posts, for anybody. */
export function timelineOperations(parts: Parts): Pick<FeedService, 'public' | 'tag'> {
  const { publicEntries, tagged } = parts;

  const fill = (stream: EntryStream, page: Page, context: CallContext): Promise<ShownPage> => {
    const material = new Material(parts.post, parts.user, accountOf(context) ?? null, context);
    const judge = judgeBy(
      material,
      (entry) => {
        const shown = listed(entry, material);
        return shown?.head.visibility === 'public' ? shown : undefined;
      },
      { folding: false },
    );
    if (page.minId === undefined) return fillDownwards(stream, page, judge);
    return fillUpwards(stream, async () => [], page, judge);
  };

  return {
    public: ({ page, onlyMedia }, context) =>
      fill(publicEntries.stream(onlyMedia ? 'media' : 'all', page), page, context),

    async tag({ page, name, any, all, none, onlyMedia }, context) {
      const condition = { all: all.map(tagName), none: none.map(tagName), onlyMedia };
      const names = [...new Set([name, ...any].map(tagName))].filter((tag) => tag !== '');
      const streams = names.map((tag) => tagged.stream(tag, page, condition));
      return fill(merged(streams, page.minId === undefined ? 'newest-first' : 'oldest-first'), page, context);
    },
  };
}
