import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { systemClock } from '#platform/clock/system-clock.ts';
import { snowflakeIds } from '#platform/ids/ids.ts';
import { temporaryFolder } from '#ports/sqlite/testing.ts';
import { FakeUsers } from './testing/fake-users.ts';
import { as, openStage } from './testing/stage.ts';

const CHILD = fileURLToPath(new URL('./testing/crash-child.ts', import.meta.url));

async function run(...args: string[]) {
  const child = spawn(process.execPath, [CHILD, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  const [, signal] = await once(child, 'close');
  return { output, errors, signal };
}

for (const point of ['post.after-reserve', 'post.after-write']) {
  test(`a post whose process ends at ${point} is there once after the retry, and told of`, async () => {
    const folder = await temporaryFolder();
    const authorId = snowflakeIds(systemClock, 2).next();
    const killed = await run(folder.path, point, authorId, 'one key');
    assert.equal(killed.signal, 'SIGKILL', killed.errors);
    assert.match(killed.errors, new RegExp(`fault point reached: ${point}`));
    assert.equal(killed.output, '');
    const retried = await run(folder.path, 'none', authorId, 'one key');
    assert.equal(retried.signal, null, retried.errors);

    const users = new FakeUsers();
    users.add(authorId, 'ada');
    const stage = await openStage({ folder: folder.path, users });
    const { heads } = await stage.post.recentByAuthor({ accountId: authorId, before: null, limit: 10 }, as(null));
    assert.deepEqual(
      heads.map(({ id }) => id),
      [retried.output],
    );
    const told = new Set<string>();
    const listener = await stage.ports.bus.subscribe({
      group: 'listener',
      topics: ['post'],
      from: 'earliest',
      offsets: 'core',
      maxBatch: 100,
      async handle(events) {
        for (const { body } of events) told.add(JSON.parse(body).data.postId);
      },
    });
    await stage.drain();
    assert.deepEqual([...told], [retried.output]);
    assert.equal((await stage.post.statistics({}, as(null))).posts, 1);
    assert.equal((await stage.post.getHashtags({ names: ['once'] }, as(null))).tags[0]!.days[0]!.uses, 1);
    await listener.stop();
    await stage.close();
    await folder.remove();
  });
}
