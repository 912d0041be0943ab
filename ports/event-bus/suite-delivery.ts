import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MAX_EVENT_CHARACTERS, type OutgoingEvent } from './port.ts';
import { Collector, type EventBusBench, gate, numbered, pages } from './suite-tools.ts';

/** What is published arrives: once, in order, in bounded batches; what no server takes is refused. */
export function delivery(bench: EventBusBench): void {
  test('an event arrives as it was published', async () => {
    const seen = new Collector();
    await bench.bus.subscribe(bench.subscription(seen.handle));
    const event = { id: '1', key: 'key-ä', body: '{"text":"Grüße 🌍"}' };
    await bench.bus.publish(bench.topic, [event]);
    await bench.bus.idle();
    assert.equal(seen.events.length, 1);
    const { topic: gotTopic, partition, offset, ...rest } = seen.events[0]!;
    assert.deepEqual(rest, event);
    assert.equal(gotTopic, bench.topic);
    assert.ok(Number.isSafeInteger(partition) && Number.isSafeInteger(offset) && offset >= 1);
  });

  test('events of one key keep their order, in one partition, with growing offsets', async () => {
    const seen = new Collector();
    await bench.bus.subscribe(bench.subscription(seen.handle, { maxBatch: 7 }));
    await Promise.all(pages(numbered(40, 25), 50).map((events) => bench.bus.publish(bench.topic, events)));
    await bench.bus.idle();
    assert.equal(seen.events.length, 1_000);
    seen.assertOrderPerKey(25);
    const partitionOfKey = new Map<string, number>();
    const lastOffset = new Map<number, number>();
    for (const { key, partition, offset } of seen.events) {
      assert.equal(partitionOfKey.get(key) ?? partition, partition);
      partitionOfKey.set(key, partition);
      assert.ok(offset > (lastOffset.get(partition) ?? -1));
      lastOffset.set(partition, offset);
    }
    assert.ok(lastOffset.size > 1, 'keys spread over partitions');
    assert.ok(seen.largestBatch <= 7);
  });

  test('one publish keeps its order although it spans keys and pages', async () => {
    const seen = new Collector();
    await bench.bus.subscribe(bench.subscription(seen.handle, { maxBatch: 100 }));
    await bench.bus.publish(bench.topic, numbered(3, 700));
    await bench.bus.idle();
    assert.equal(seen.events.length, 2_100);
    seen.assertOrderPerKey(700);
  });

  test('batches of one partition come one after the other, those of several side by side', async () => {
    const hold = gate();
    const inHand = new Set<number>();
    let most = 0;
    const bothIn = gate();
    await bench.bus.subscribe(
      bench.subscription(async ([first]) => {
        assert.ok(!inHand.has(first!.partition), 'one batch of a partition at a time');
        inHand.add(first!.partition);
        most = Math.max(most, inHand.size);
        if (most >= 2) bothIn.open();
        await hold.opened;
        inHand.delete(first!.partition);
      }),
    );
    await bench.bus.publish(bench.topic, numbered(50, 4));
    await bothIn.opened;
    await bench.bus.publish(bench.topic, numbered(50, 4, 4));
    hold.open();
    await bench.bus.idle();
  });

  test('no more batches are in hand than the subscriber asked for', async () => {
    let inHand = 0;
    let most = 0;
    await bench.bus.subscribe(
      bench.subscription(
        async () => {
          most = Math.max(most, ++inHand);
          await new Promise((resolve) => setImmediate(resolve));
          inHand--;
        },
        { concurrency: 2, maxBatch: 3 },
      ),
    );
    await bench.bus.publish(bench.topic, numbered(50, 10));
    await bench.bus.idle();
    assert.equal(most, 2);
  });

  test('an event may come twice when it is published twice, under the same id', async () => {
    const seen = new Collector();
    await bench.bus.subscribe(bench.subscription(seen.handle));
    const event = { id: 'same', key: 'k', body: '{}' };
    await bench.bus.publish(bench.topic, [event]);
    await bench.bus.publish(bench.topic, [event]);
    await bench.bus.idle();
    assert.ok(seen.events.length >= 1);
    assert.deepEqual([...seen.ids()], ['same']);
  });

  test('what no server takes is refused, and nothing of it is kept', async () => {
    const seen = new Collector();
    await bench.bus.subscribe(bench.subscription(seen.handle));
    const good = { id: 'good', key: 'k', body: '' };
    const bad: OutgoingEvent[] = [
      { id: '', key: 'k', body: '' },
      { id: 'x', key: '', body: '' },
      { id: 'x', key: 'k'.repeat(201), body: '' },
      { id: 'x', key: 'k', body: 'x'.repeat(MAX_EVENT_CHARACTERS + 1) },
    ];
    for (const event of bad) await assert.rejects(bench.bus.publish(bench.topic, [good, event]), RangeError);
    await assert.rejects(bench.bus.publish('no topic', [good]), RangeError);
    await assert.rejects(bench.bus.publish('', [good]), RangeError);
    await assert.rejects(bench.bus.publish(bench.topic, Array(5_001).fill(good)), RangeError);
    for (const more of [{ maxBatch: 0 }, { maxBatch: 1.5 }, { topics: [] }, { group: 'a b' }, { concurrency: 0 }]) {
      await assert.rejects(bench.bus.subscribe(bench.subscription(seen.handle, more)), RangeError);
    }
    await bench.bus.publish(bench.topic, []);
    await bench.bus.idle();
    assert.equal(seen.events.length, 0);
  });

  test('a handler may publish, also to its own topic', async () => {
    const seen = new Collector();
    await bench.bus.subscribe(
      bench.subscription(async (events) => {
        for (const event of events) {
          const depth = Number(event.body);
          if (depth < 5)
            await bench.bus.publish(bench.topic, [{ id: `${depth + 1}`, key: `k${depth}`, body: `${depth + 1}` }]);
        }
        await seen.handle(events);
      }),
    );
    await bench.bus.publish(bench.topic, [{ id: '0', key: 'k', body: '0' }]);
    await bench.bus.idle();
    assert.deepEqual([...seen.ids()].sort(), ['0', '1', '2', '3', '4', '5']);
  });

  test('a group hears the topics that it asked for, and only them', async () => {
    const seen = new Collector();
    const second = `${bench.topic}-second`;
    const third = `${bench.topic}-third`;
    await bench.createTopics([second, third]);
    await bench.bus.subscribe(bench.subscription(seen.handle, { topics: [bench.topic, second] }));
    await bench.bus.publish(bench.topic, [{ id: 'a', key: 'k', body: '1' }]);
    await bench.bus.publish(second, [{ id: 'b', key: 'k', body: '2' }]);
    await bench.bus.publish(third, [{ id: 'c', key: 'k', body: '3' }]);
    await bench.bus.idle();
    assert.deepEqual(
      seen.events.map((event) => `${event.topic} ${event.id}`).sort(),
      [`${bench.topic} a`, `${second} b`].sort(),
    );
  });
}
