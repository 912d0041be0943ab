import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Coordinators } from './coordinators.ts';

function brokers() {
  const keeps = new Map([
    ['likes', 1],
    ['follows', 1],
    ['homes', 2],
  ]);
  const found: string[] = [];
  const coordinators = new Coordinators(async (group) => {
    found.push(group);
    return keeps.get(group)!;
  });
  const ask = () =>
    coordinators.ask([...keeps.keys()], async (node, groups) => {
      if (groups.some((group) => keeps.get(group) !== node)) throw new Error('This is not the correct coordinator.');
      return `${node}: ${groups.join(' ')}`;
    });
  return { keeps, found, ask };
}

test('each broker is asked once for the groups that it keeps, and is remembered', async () => {
  const { found, ask } = brokers();
  assert.deepEqual(await ask(), ['1: likes follows', '2: homes']);
  assert.deepEqual(await ask(), ['1: likes follows', '2: homes']);
  assert.deepEqual(found, ['likes', 'follows', 'homes']);
});

test('a group that moved is found again, whichever of those that were asked for together it is', async () => {
  for (const group of ['likes', 'follows', 'homes']) {
    const { keeps, ask } = brokers();
    await ask();
    keeps.set(group, 3);
    await assert.rejects(ask(), /not the correct coordinator/);
    assert.ok((await ask()).includes(`3: ${group}`), group);
  }
});
