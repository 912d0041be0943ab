import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seededRandom } from '#platform/random/random.ts';
import { temporaryFolder } from '#ports/sqlite/testing.ts';
import { as, draft, openStage, type Stage } from './testing/stage.ts';

const seed = process.env.SEED ?? String(process.hrtime.bigint());

/** What was said, as a naive reader of the rules remembers it. */
interface Said {
  readonly id: string;
  readonly author: string;
  readonly forFollowers: boolean;
  readonly mentions: readonly string[];
  readonly parent: string | undefined;
  readonly repostOf: string | undefined;
  deleted: boolean;
}

/** May `viewer` see it? Written from the rules, without the product's policy. */
function maySee(stage: Stage, said: ReadonlyMap<string, Said>, viewer: string | null, id: string): boolean {
  const { users } = stage;
  const post = said.get(id)!;
  if (post.deleted) return false;
  if (post.repostOf !== undefined && !maySee(stage, said, viewer, post.repostOf)) return false;
  if (viewer === post.author) return true;
  if (users.people.get(post.author)!.state !== 'active') return false;
  if (users.blocks.has(`${viewer} ${post.author}`) || users.blocks.has(`${post.author} ${viewer}`)) return false;
  if (!post.forFollowers) return true;
  return viewer !== null && (users.follows.has(`${viewer} ${post.author}`) || post.mentions.includes(viewer));
}

test(`every way to a post shows what the rules say, and nothing else (SEED=${seed})`, async () => {
  const folder = await temporaryFolder();
  const stage = await openStage({ folder: folder.path });
  const { post, users } = stage;
  const random = seededRandom(seed);
  const below = (limit: number) => random.bytes(4).readUInt32LE() % limit;
  const pick = <T>(items: readonly T[]): T => items[below(items.length)]!;
  const names = ['ada', 'bob', 'eve', 'mia', 'tom', 'zoe'];
  const people = names.map((name) => stage.person(name));
  const said = new Map<string, Said>();
  const explain = (text: string) => `${text}; SEED=${seed}`;

  for (let i = 0; i < 120; i++) {
    const actor = pick(people);
    const other = pick(people);
    const visible = [...said.keys()].filter((id) => maySee(stage, said, actor, id));
    const target = visible.length > 0 ? pick(visible) : undefined;
    const dice = below(12);
    if (dice === 0 && actor !== other) users.follow(actor, other);
    else if (dice === 1 && actor !== other && below(4) === 0) users.block(actor, other);
    else if (dice === 2 && actor !== other) users.mute(actor, other);
    else if (dice === 3) users.people.get(actor)!.state = below(5) === 0 ? 'suspended' : 'active';
    else if (dice === 4 && target !== undefined) {
      const original = said.get(said.get(target)!.repostOf ?? target)!;
      const may = !original.forFollowers || original.author === actor;
      const call = post.repost({ postId: target, visibility: 'public' }, as(actor));
      if (!may) await assert.rejects(call, { code: 'forbidden' }, explain('repost'));
      else {
        const { head } = await call;
        said.set(head.id, {
          id: head.id,
          author: actor,
          forFollowers: original.forFollowers,
          mentions: [],
          parent: undefined,
          repostOf: original.id,
          deleted: false,
        });
      }
    } else if (dice === 5 && target !== undefined && said.get(target)!.author === actor) {
      await post.remove({ postId: target, deleteMedia: false }, as(actor));
      said.get(target)!.deleted = true;
    } else if (users.people.get(actor)!.state === 'active') {
      const forFollowers = below(3) === 0;
      const named = below(3) === 0 ? other : undefined;
      const replyTo = target === undefined || below(2) === 0 ? null : target;
      const text = named === undefined ? `post ${i}` : `post ${i} @${names[people.indexOf(named)]}`;
      const { head } = await post.create(
        {
          draft: draft(text, {
            visibility: forFollowers ? 'followers' : below(2) === 0 ? 'public' : 'unlisted',
            replyToId: replyTo,
          }),
          idempotencyKey: `${i}`,
        },
        as(actor),
      );
      const hidden =
        named === undefined ||
        named === actor ||
        users.blocks.has(`${named} ${actor}`) ||
        users.people.get(named)!.state !== 'active';
      said.set(head.id, {
        id: head.id,
        author: actor,
        forFollowers,
        mentions: hidden ? [] : [named],
        parent: replyTo === null ? undefined : (said.get(replyTo)!.repostOf ?? replyTo),
        repostOf: undefined,
        deleted: false,
      });
    }
  }

  const ids = [...said.keys()];
  for (const viewer of [null, ...people]) {
    const context = as(viewer);
    const seen = ids.filter((id) => maySee(stage, said, viewer, id));
    const shown = (await post.getManyShown({ ids }, context)).posts.map(({ head }) => head.id);
    assert.deepEqual(shown, seen, explain('getManyShown'));
    for (const id of ids) {
      const [one, thread] = await Promise.allSettled([
        post.getShown({ postId: id }, context),
        post.getThread({ postId: id }, context),
      ]);
      assert.equal(one.status === 'fulfilled', seen.includes(id), explain('getShown'));
      assert.equal(thread.status === 'fulfilled', seen.includes(id), explain('getThread'));
      if (thread.status === 'fulfilled') checkThread(id, viewer, thread.value);
    }
    for (const author of people) await checkList(author, viewer, seen);
  }

  function listed(viewer: string | null, id: string): boolean {
    const { author } = said.get(id)!;
    return maySee(stage, said, viewer, id) && (author === viewer || !users.mutes.has(`${viewer} ${author}`));
  }

  function checkThread(id: string, viewer: string | null, thread: Awaited<ReturnType<typeof post.getThread>>): void {
    const start = said.get(id)!.repostOf ?? id;
    const above: string[] = [];
    for (let at = said.get(start)!.parent; at !== undefined && !said.get(at)!.deleted; at = said.get(at)!.parent) {
      above.unshift(at);
    }
    const isBelow = (one: string): boolean => {
      const { parent, deleted } = said.get(one)!;
      return !deleted && parent !== undefined && (parent === start || isBelow(parent));
    };
    assert.deepEqual(
      thread.ancestors.map(({ head }) => head.id),
      above.filter((one) => listed(viewer, one)),
      explain('ancestors'),
    );
    assert.deepEqual(
      thread.descendants.map(({ head }) => head.id).sort(),
      ids.filter((one) => isBelow(one) && listed(viewer, one)).sort(),
      explain('descendants'),
    );
  }

  async function checkList(author: string, viewer: string | null, seen: readonly string[]): Promise<void> {
    const wanted = { accountId: author, onlyMedia: false, excludeReplies: false, excludeReposts: false, pinned: false };
    const found: string[] = [];
    let maxId: string | undefined;
    do {
      const page = maxId === undefined ? { limit: 3 } : { limit: 3, maxId };
      const call = post.listByAuthor({ ...wanted, page }, as(viewer));
      if (users.people.get(author)!.state !== 'active' && author !== viewer) {
        await assert.rejects(call, { code: 'not_found' });
        return;
      }
      const { posts, cursors } = await call;
      found.push(...posts.map(({ head }) => head.id));
      maxId = cursors.olderThan;
    } while (maxId !== undefined);
    const own = seen.filter((id) => said.get(id)!.author === author).reverse();
    assert.deepEqual(found, own, explain('listByAuthor'));

    const upwards: string[] = [];
    let minId = '1';
    for (;;) {
      const { posts, cursors } = await post.listByAuthor({ ...wanted, page: { limit: 3, minId } }, as(viewer));
      upwards.unshift(...posts.map(({ head }) => head.id));
      if (cursors.newerThan === undefined || cursors.newerThan === minId) break;
      minId = cursors.newerThan;
    }
    assert.deepEqual(upwards, own, explain('listByAuthor upwards'));
  }

  await stage.close();
  await folder.remove();
});
