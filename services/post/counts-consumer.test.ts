import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { reactionEvents } from '#contracts/events/post.ts';
import { TestClock } from '#platform/clock/test-clock.ts';
import { noFaults } from '#platform/faults/faults.ts';
import { newEvent } from '#platform/outbox/event.ts';
import { seededRandom } from '#platform/random/random.ts';
import type { IncomingEvent } from '#ports/event-bus/port.ts';
import { openSqliteFile } from '#ports/sqlite/open.ts';
import { temporaryFolder } from '#ports/sqlite/testing.ts';
import { sqliteWideColumn } from '#ports/wide-column/sqlite/wide-column.ts';
import { countsSubscription } from './counts-consumer.ts';
import { CountStore } from './store/count-store.ts';
import { POST_TABLES } from './store/tables.ts';

const seed = process.env.SEED ?? String(process.hrtime.bigint());

function liked(postId: string, actorId: string, revision: number, offset: number): IncomingEvent {
  const data = { postId, authorId: '1', actorId, active: revision % 2 === 1, revision };
  const fields = { id: String(offset + 1), source: 'post', subject: postId, version: revision, timeMs: 0, data };
  return { ...newEvent(reactionEvents.PostLiked, fields), partition: 0, offset };
}

test(`events that come twice, late and in other batches count once (SEED=${seed})`, async () => {
  const folder = await temporaryFolder();
  const clock = new TestClock();
  const core = await openSqliteFile({ path: join(folder.path, 'core.sqlite'), synchronous: 'NORMAL' });
  const derived = await openSqliteFile({ path: join(folder.path, 'derived.sqlite'), synchronous: 'NORMAL' });
  const wide = sqliteWideColumn({ core, derived, clock });
  await wide.declare(POST_TABLES);
  const { handle } = countsSubscription(wide, noFaults);
  const counts = new CountStore(wide);
  const random = seededRandom(seed);
  const below = (limit: number) => random.bytes(4).readUInt32LE() % limit;

  const posts = ['100', '200'];
  const log: IncomingEvent[] = [];
  const truth = new Map<string, number>();
  for (let offset = 0; offset < 400; offset++) {
    const [postId, actorId] = [posts[below(2)]!, String(10 + below(6))];
    const name = `${postId} ${actorId}`;
    const newest = truth.get(name) ?? 0;
    // Now and then an older change comes after newer ones, as a write that landed late.
    const revision = below(3) === 0 && newest > 0 ? 1 + below(newest) : newest + 1;
    truth.set(name, Math.max(newest, revision));
    log.push(liked(postId, actorId, revision, offset));
  }
  for (let done = 0; done < log.length; ) {
    // A batch begins again somewhere before, as after a crash.
    const from = Math.max(0, done - below(60));
    const to = Math.min(log.length, done + 1 + below(80));
    await handle(log.slice(from, to));
    done = to;
  }
  const rows = await counts.rows(posts);
  for (const [i, postId] of posts.entries()) {
    const standing = [...truth].filter(([name, revision]) => name.startsWith(`${postId} `) && revision % 2 === 1);
    assert.equal(rows[i]!.likes, standing.length, `SEED=${seed}`);
  }
  // A consumer that wakes after a long sleep.
  await handle(log.slice(0, 50));
  assert.deepEqual(await counts.rows(posts), rows, `SEED=${seed}`);

  await wide.close();
  await core.close();
  await derived.close();
  await folder.remove();
});
