import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PlazaError } from '#platform/errors/errors.ts';
import { MAX_ATTEMPTS } from './port.ts';
import { Collector, type EventBusBench, gate, numbered } from './suite-tools.ts';

/** A batch that fails comes again; an event that keeps failing is put aside; what is merely away is waited for. */
export function failures(bench: EventBusBench): void {
  test('a batch that failed comes again, whole and in order', async () => {
    const seen = new Collector();
    const failedOnce = new Set<number>();
    const failed: string[][] = [];
    await bench.bus.publish(bench.topic, numbered(8, 5));
    await bench.bus.subscribe(
      bench.subscription(async (events) => {
        if (!failedOnce.has(events[0]!.partition)) {
          failedOnce.add(events[0]!.partition);
          failed.push(events.map((event) => event.id));
          throw new Error('fails once');
        }
        await seen.handle(events);
      }),
    );
    await bench.bus.idle();
    assert.equal(seen.events.length, 40);
    seen.assertOrderPerKey(5);
    for (const ids of failed) assert.ok(seen.batches.some((batch) => batch.join() === ids.join()));
    assert.deepEqual(await bench.lettersOf(bench.group), []);
  });

  test('a poison event is put aside for its group alone, and the good ones around it are handled', async () => {
    const seen = new Collector();
    const other = new Collector();
    let attempts = 0;
    await bench.bus.publish(bench.topic, numbered(4, 10));
    await bench.bus.subscribe(
      bench.subscription(async (events) => {
        if (events.length === 1 && events[0]!.id === 'k1-4') attempts++;
        if (events.some((event) => event.id === 'k1-4')) throw new Error('cannot digest k1-4');
        await seen.handle(events);
      }),
    );
    await bench.bus.subscribe(bench.subscription(other.handle, { group: `${bench.group}-other` }));
    await bench.bus.idle();
    assert.equal(attempts, MAX_ATTEMPTS);
    assert.equal(seen.ids().size, 39);
    assert.equal(other.ids().size, 40);
    seen.assertOrderPerKey(10, (key, n) => key === 'k1' && n === 4);
    const letters = await bench.lettersOf(bench.group);
    assert.equal(letters.length, 1);
    assert.equal(letters[0]!.event.id, 'k1-4');
    assert.equal(letters[0]!.event.topic, bench.topic);
    assert.match(letters[0]!.error, /cannot digest k1-4/);
    assert.deepEqual(await bench.lettersOf(`${bench.group}-other`), []);
  });

  test('a handler that throws at once counts as one that rejects', async () => {
    await bench.bus.publish(bench.topic, [{ id: 'x', key: 'k', body: '' }]);
    await bench.bus.subscribe(
      bench.subscription(() => {
        throw 'not even an error';
      }),
    );
    await bench.bus.idle();
    const letters = await bench.lettersOf(bench.group);
    assert.equal(letters.length, 1);
    assert.match(letters[0]!.error, /not even an error/);
  });

  test('a dead letter is replayed to its group with its first offset; it fails again or is gone', async () => {
    let broken = true;
    const seen = new Collector();
    const other = new Collector();
    await bench.bus.subscribe(
      bench.subscription(async (events) => {
        if (broken && events.some((event) => event.id === 'k0-1')) throw new Error('broken');
        await seen.handle(events);
      }),
    );
    await bench.bus.subscribe(bench.subscription(other.handle, { group: `${bench.group}-other` }));
    await bench.bus.publish(bench.topic, numbered(1, 3));
    await bench.bus.idle();
    const [letter] = await bench.lettersOf(bench.group);
    assert.ok(letter);
    assert.equal(await bench.bus.replay(letter.id), true);
    await bench.bus.idle();
    const [again] = await bench.lettersOf(bench.group);
    assert.deepEqual(again?.event, letter.event);

    broken = false;
    assert.equal(await bench.bus.replay(again!.id), true);
    await bench.bus.idle();
    assert.deepEqual(await bench.lettersOf(bench.group), []);
    assert.deepEqual(seen.events.at(-1), letter.event);
    assert.equal(other.events.length, 3, 'the other group hears nothing of it');
    assert.equal(await bench.bus.replay('999999999'), false);
    assert.equal(await bench.bus.replay('nonsense'), false);
  });

  test('what fails because something is away is never put aside, and comes when it is back', async () => {
    let failures = 0;
    const seen = new Collector();
    const aways = [
      new PlazaError('unavailable', 'away'),
      new PlazaError('timeout', 'slow'),
      new Error('wrapped', { cause: new PlazaError('unavailable', 'away') }),
      Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }),
    ];
    await bench.bus.publish(bench.topic, numbered(1, 6));
    await bench.bus.subscribe(
      bench.subscription(async (events) => {
        if (failures < MAX_ATTEMPTS + 3) throw aways[failures++ % aways.length];
        await seen.handle(events);
      }),
    );
    await bench.bus.idle();
    assert.equal(seen.events.length, 6);
    seen.assertOrderPerKey(6);
    assert.deepEqual(await bench.lettersOf(bench.group), []);
  });

  test('a partition that waits for something does not hold up the others', async () => {
    const away = gate();
    const seen = new Collector();
    const keys = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'];
    let stuck: number | undefined;
    await bench.bus.subscribe(
      bench.subscription(
        async (events) => {
          stuck ??= events[0]!.partition;
          if (events[0]!.partition === stuck && !away.isOpen) throw new PlazaError('unavailable', 'away');
          await seen.handle(events);
        },
        { concurrency: 1 },
      ),
    );
    await bench.bus.publish(
      bench.topic,
      keys.map((key) => ({ id: key, key, body: '' })),
    );
    const spread = new Map<number, number>();
    await seen.until(1);
    for (const event of seen.events) spread.set(event.partition, 1);
    assert.ok(!spread.has(stuck!));
    away.open();
    await bench.bus.idle();
    assert.equal(seen.ids().size, keys.length);
  });
}
