import type { FeedService } from '#contracts/services/feed.ts';
import { cursorText, type IdGenerator } from '#platform/ids/ids.ts';
import type { Relational } from '#ports/relational/port.ts';
import { requireAccount } from '../caller.ts';
import type { ArrangementReader } from '../home/arrangements.ts';
import { followTag } from '../scripts/tags.ts';
import { db } from '../store/relational.ts';
import { checkedTagName, tagName } from './name.ts';

interface Parts {
  readonly relational: Relational;
  readonly ids: IdGenerator;
  readonly arrangements: ArrangementReader;
}

type Operations = Pick<FeedService, 'followTag' | 'unfollowTag' | 'listFollowedTags' | 'followedAmong'>;

/** Hashtags whose public posts the caller wants at home. */
export function tagOperations({ relational, ids, arrangements }: Parts): Operations {
  return {
    async followTag({ name }, context) {
      const accountId = requireAccount(context);
      await relational.run(followTag, { id: ids.next(), account_id: accountId, name: checkedTagName(name) });
      await arrangements.changed(accountId);
      return {};
    },

    async unfollowTag({ name }, context) {
      const accountId = requireAccount(context);
      const row = db.deleteFrom('feed_followed_tags').where('account_id', '=', accountId);
      await relational.batch([{ query: row.where('name', '=', tagName(name)) }]);
      await arrangements.changed(accountId);
      return {};
    },

    async listFollowedTags({ page }, context) {
      const accountId = requireAccount(context);
      let query = db.selectFrom('feed_followed_tags').select(['id', 'name']).where('account_id', '=', accountId);
      if (page.maxId !== undefined) query = query.where('id', '<', cursorText(page.maxId));
      const lower = page.minId ?? page.sinceId;
      if (lower !== undefined) query = query.where('id', '>', cursorText(lower));
      const upwards = page.minId !== undefined;
      const rows = await relational.query(query.orderBy('id', upwards ? 'asc' : 'desc').limit(page.limit));
      if (upwards) rows.reverse();
      return {
        names: rows.map((row) => row.name),
        cursors: {
          ...(rows.length === page.limit ? { olderThan: rows.at(-1)!.id } : {}),
          ...(rows.length > 0 ? { newerThan: rows[0]!.id } : {}),
        },
      };
    },

    async followedAmong({ names }, context) {
      const accountId = requireAccount(context);
      if (names.length === 0) return { names: [] };
      const normal = names.map(tagName);
      const rows = await relational.query(
        db
          .selectFrom('feed_followed_tags')
          .select('name')
          .where('account_id', '=', accountId)
          .where('name', 'in', [...new Set(normal)]),
      );
      const followed = new Set(rows.map((row) => row.name));
      return { names: names.filter((_, i) => followed.has(normal[i]!)) };
    },
  };
}
