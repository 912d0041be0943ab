import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { CallContext } from '#platform/calls/context.ts';
import { type Changing, noteChange, type Perishable, stampOf } from './dependencies.ts';
import { Recording, recorded, recording, unrecorded } from './recording.ts';

/** Notes what `work` does; its dependencies, or undefined. */
async function dependenciesOf(work: (noting: Recording) => void | Promise<void>) {
  const into = new Recording();
  await recorded(into, async () => work(recording()!));
  return into.end();
}

/** Versions as a file has them: odd ones while something is being changed. */
function file(...counters: number[]) {
  const source = {
    counters,
    versionOfAll: (marks: readonly number[]) =>
      marks.some((mark) => counters[mark]! % 2 === 1)
        ? undefined
        : marks.reduce((sum, mark) => sum + counters[mark]!, 0),
  };
  return source;
}

const NOBODY = {} as CallContext;

describe('what an answer depends on', () => {
  test('a change in memory', async () => {
    const thing: Changing = { stamp: undefined };
    const found = await dependenciesOf((noting) => noting.stamp(stampOf(thing)));
    assert.equal(found?.at(0), 'unchanged');
    noteChange(thing);
    assert.equal(found?.at(0), 'changed');
    const later = await dependenciesOf((noting) => noting.stamp(stampOf(thing)));
    assert.equal(later?.at(0), 'unchanged');
  });

  test('a change in a file, from before it becomes visible', async () => {
    const source = file(4, 8);
    const found = await dependenciesOf((noting) => {
      noting.version(source, 0, 4);
      noting.version(source, 1, 8);
      noting.version(source, 1, 8);
    });
    assert.equal(found?.at(0), 'unchanged');
    source.counters[1] = 9;
    assert.equal(found?.at(0), 'changed');
    source.counters[1] = 10;
    assert.equal(found?.at(0), 'changed');
  });

  test('the time', async () => {
    const found = await dependenciesOf((noting) => {
      noting.until(200);
      noting.until(100);
    });
    assert.equal(found?.at(99), 'unchanged');
    assert.equal(found?.at(100), 'changed');
  });

  test('what may be looked at again when its time is over', async () => {
    const name: Perishable = { changed: false, freshUntilMs: 10 };
    const found = await dependenciesOf((noting) =>
      noting.perishables([name], async () => {
        name.freshUntilMs = 20;
      }),
    );
    assert.equal(found?.at(9), 'unchanged');
    assert.equal(found?.at(10), 'stale');
    await found?.renew(NOBODY);
    assert.equal(found?.at(10), 'unchanged');
    name.changed = true;
    assert.equal(found?.at(10), 'changed');
  });
});

describe('nothing is kept', () => {
  test('when a service was asked that does not answer for what it reads', async () => {
    assert.equal(await dependenciesOf((noting) => noting.asked()), undefined);
    const answered = await dependenciesOf((noting) => {
      noting.asked();
      noting.answeredFor();
    });
    assert.equal(answered?.at(0), 'unchanged');
  });

  test('when something was read while it changed, or twice with a change in between', async () => {
    assert.equal(await dependenciesOf((noting) => noting.version(file(1), 0, undefined)), undefined);
    const twice = await dependenciesOf((noting) => {
      const source = file(4);
      noting.version(source, 0, 2);
      noting.version(source, 0, 4);
    });
    assert.equal(twice, undefined);
  });

  test('when somebody refuses', async () => {
    assert.equal(await dependenciesOf((noting) => noting.refuse()), undefined);
  });
});

test('what is read apart is not noted, and what runs beside it is', async () => {
  const found = await dependenciesOf(async (noting) => {
    await unrecorded(async () => {
      await Promise.resolve();
      assert.equal(recording(), undefined);
    });
    assert.equal(recording(), noting);
  });
  assert.equal(found?.at(0), 'unchanged');
  assert.equal(recording(), undefined);
});
