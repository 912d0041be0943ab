import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CompiledQuery } from 'kysely';
import type { Query } from '#ports/relational/port.ts';
import { openUserWorld } from '../testing/user-world.ts';

test('work that fails holds up nobody else’s', async () => {
  const world = await openUserWorld();
  const leaver = await world.person('leaver');
  // What a newer program may have promised before somebody went back to this one.
  const sql = "INSERT INTO user_tasks (account_id, kind) VALUES ('1', 'unheard-of')";
  await world.relational.batch([{ query: CompiledQuery.raw(sql) as Query }]);
  await world.api.deleteAccount({}, world.as(leaver));
  await world.drain();
  assert.deepEqual(
    (await world.rows('SELECT kind FROM user_tasks')).map(({ kind }) => kind),
    ['unheard-of'],
  );
  await world.close();
});
