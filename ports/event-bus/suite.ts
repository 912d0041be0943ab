import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { PlazaError } from '#platform/errors/errors.ts';
import { randomToken, seededRandom, systemRandom } from '#platform/random/random.ts';
import {
  EMBEDDED_PARTITIONS,
  type EventBus,
  type IncomingEvent,
  MAX_ATTEMPTS,
  MAX_EVENT_CHARACTERS,
  type OutgoingEvent,
  type Subscription,
} from './port.ts';
import { Collector, gate } from './suite-tools.ts';

export interface EventBusUnderTest {
  readonly bus: EventBus;
  /** Closes the bus and opens another on the same data. */
  reopen(): Promise<EventBus>;
  close(): Promise<void>;
}

/** Behind by this much, a consumer has to catch up. The whole million takes its time, so it is asked for. */
const FAR_BEHIND = process.env.PLAZA_LONG_TESTS === '1' ? 1_000_000 : 100_000;

/** What every event bus has to do. Both twins run exactly this. Topics and groups are new in each test, so a server may be shared. */
export function eventBusSuite(name: string, open: () => Promise<EventBusUnderTest>): void {
  describe(`event bus: ${name}`, () => {
    let under: EventBusUnderTest;
    let bus: EventBus;
    let topic: string;
    let group: string;

    beforeEach(async () => {
      const unique = randomToken(systemRandom, 9);
      topic = `t${unique}`;
      group = `g${unique}`;
      under = await open();
      bus = under.bus;
    });

    afterEach(() => under.close());

    function subscription(handle: Subscription['handle'], more: Partial<Subscription> = {}): Subscription {
      return { group, topics: [topic], from: 'earliest', offsets: 'derived', maxBatch: 20, handle, ...more };
    }

    test('an event arrives as it was published', async () => {
      const seen = new Collector();
      await bus.subscribe(subscription(seen.handle));
      const event = { id: '1', key: 'key-ä', body: '{"text":"Grüße 🌍"}' };
      await bus.publish(topic, [event]);
      await bus.idle();
      assert.equal(seen.events.length, 1);
      const { topic: gotTopic, partition, offset, ...rest } = seen.events[0]!;
      assert.deepEqual(rest, event);
      assert.equal(gotTopic, topic);
      assert.ok(Number.isSafeInteger(partition) && Number.isSafeInteger(offset) && offset >= 0);
    });

    test('events of one key keep their order, in one partition, with growing offsets', async () => {
      const seen = new Collector();
      await bus.subscribe(subscription(seen.handle, { maxBatch: 7 }));
      await Promise.all(pages(numbered(40, 25), 50).map((events) => bus.publish(topic, events)));
      await bus.idle();
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
      await bus.subscribe(subscription(seen.handle, { maxBatch: 100 }));
      await bus.publish(topic, numbered(3, 700));
      await bus.idle();
      assert.equal(seen.events.length, 2_100);
      seen.assertOrderPerKey(700);
    });

    test('batches of one partition come one after the other, those of several side by side', async () => {
      const hold = gate();
      const inHand = new Set<number>();
      let most = 0;
      const bothIn = gate();
      await bus.subscribe(
        subscription(async ([first]) => {
          assert.ok(!inHand.has(first!.partition), 'one batch of a partition at a time');
          inHand.add(first!.partition);
          most = Math.max(most, inHand.size);
          if (most >= 2) bothIn.open();
          await hold.opened;
          inHand.delete(first!.partition);
        }),
      );
      await bus.publish(topic, numbered(50, 4));
      await bothIn.opened;
      await bus.publish(topic, numbered(50, 4, 4));
      hold.open();
      await bus.idle();
    });

    test('no more batches are in hand than the subscriber asked for', async () => {
      let inHand = 0;
      let most = 0;
      await bus.subscribe(
        subscription(
          async () => {
            most = Math.max(most, ++inHand);
            await new Promise((resolve) => setImmediate(resolve));
            inHand--;
          },
          { concurrency: 2, maxBatch: 3 },
        ),
      );
      await bus.publish(topic, numbered(50, 10));
      await bus.idle();
      assert.equal(most, 2);
    });

    test('two members of a group share the work; another group gets everything too', async () => {
      const one = new Collector();
      const two = new Collector();
      const other = new Collector();
      await bus.subscribe(subscription(one.handle));
      await bus.subscribe(subscription(two.handle));
      await bus.subscribe(subscription(other.handle, { group: `${group}-other`, offsets: 'core' }));
      await bus.publish(topic, numbered(64, 10));
      await bus.idle();
      assert.ok(one.events.length > 0 && two.events.length > 0);
      assert.equal(one.events.length + two.events.length, 640);
      const partitions = new Set(one.events.map((event) => event.partition));
      assert.ok(two.events.every((event) => !partitions.has(event.partition)));
      assert.equal(other.events.length, 640);
    });

    test('a group hears the topics that it asked for, and only them', async () => {
      const seen = new Collector();
      const second = `${topic}-second`;
      await bus.subscribe(subscription(seen.handle, { topics: [topic, second] }));
      await bus.publish(topic, [{ id: 'a', key: 'k', body: '1' }]);
      await bus.publish(second, [{ id: 'b', key: 'k', body: '2' }]);
      await bus.publish(`${topic}-third`, [{ id: 'c', key: 'k', body: '3' }]);
      await bus.idle();
      assert.deepEqual(
        seen.events.map((event) => `${event.topic} ${event.id}`).sort(),
        [`${topic} a`, `${second} b`].sort(),
      );
    });

    test('a rebalance in mid-batch moves a partition only after its batch, and repeats nothing', async () => {
      const hold = gate();
      const started = gate();
      const finished: IncomingEvent[] = [];
      let heldPartition = -1;
      await bus.subscribe(
        subscription(
          async (events) => {
            heldPartition = events[0]!.partition;
            started.open();
            await hold.opened;
            finished.push(...events);
          },
          { concurrency: 1, maxBatch: 5 },
        ),
      );
      await bus.publish(topic, numbered(32, 8));
      await started.opened;
      const late = new Collector();
      let cameWhileHeld = false;
      const joins: Promise<unknown>[] = [];
      for (let i = 0; i < 2; i++) {
        joins.push(
          bus.subscribe(
            subscription(async (events) => {
              if (!hold.isOpen && events[0]!.partition === heldPartition) cameWhileHeld = true;
              await late.handle(events);
            }),
          ),
        );
      }
      await Promise.all(joins);
      await late.until(1);
      hold.open();
      await bus.idle();
      assert.equal(cameWhileHeld, false);
      const all = [...finished, ...late.events];
      assert.equal(all.length, 256);
      assert.equal(new Set(all.map((event) => event.id)).size, 256);
      assert.ok(late.events.length > 0, 'the members that joined got their share');
    });

    test('a member that leaves finishes its batch; the others go on from there', async () => {
      const hold = gate();
      const started = gate();
      const first: IncomingEvent[] = [];
      const leaver = await bus.subscribe(
        subscription(
          async (events) => {
            started.open();
            await hold.opened;
            first.push(...events);
          },
          { maxBatch: 3 },
        ),
      );
      await bus.publish(topic, numbered(16, 10));
      await started.opened;
      const rest = new Collector();
      await bus.subscribe(subscription(rest.handle));
      const stopped = leaver.stop();
      hold.open();
      await stopped;
      const handledWhenStopped = first.length;
      await bus.idle();
      assert.equal(first.length, handledWhenStopped, 'nothing comes after stop');
      assert.equal(first.length + rest.events.length, 160);
      new Collector([...first, ...rest.events]).assertOrderPerKey(10);
    });

    test('a batch that failed comes again, whole and in order', async () => {
      const seen = new Collector();
      const failedOnce = new Set<number>();
      const failed: string[][] = [];
      await bus.publish(topic, numbered(8, 5));
      await bus.subscribe(
        subscription(async (events) => {
          if (!failedOnce.has(events[0]!.partition)) {
            failedOnce.add(events[0]!.partition);
            failed.push(events.map((event) => event.id));
            throw new Error('fails once');
          }
          await seen.handle(events);
        }),
      );
      await bus.idle();
      assert.equal(seen.events.length, 40);
      seen.assertOrderPerKey(5);
      for (const ids of failed) assert.ok(seen.batches.some((batch) => batch.join() === ids.join()));
      assert.deepEqual(await lettersOf(group), []);
    });

    test('a poison event is put aside for its group alone, and the good ones around it are handled', async () => {
      const seen = new Collector();
      const other = new Collector();
      let attempts = 0;
      await bus.publish(topic, numbered(4, 10));
      await bus.subscribe(
        subscription(async (events) => {
          if (events.length === 1 && events[0]!.id === 'k1-4') attempts++;
          if (events.some((event) => event.id === 'k1-4')) throw new Error('cannot digest k1-4');
          await seen.handle(events);
        }),
      );
      await bus.subscribe(subscription(other.handle, { group: `${group}-other` }));
      await bus.idle();
      assert.equal(attempts, MAX_ATTEMPTS);
      assert.equal(seen.ids().size, 39);
      assert.equal(other.ids().size, 40);
      seen.assertOrderPerKey(10, (key, n) => key === 'k1' && n === 4);
      const letters = await lettersOf(group);
      assert.equal(letters.length, 1);
      assert.equal(letters[0]!.event.id, 'k1-4');
      assert.equal(letters[0]!.event.topic, topic);
      assert.match(letters[0]!.error, /cannot digest k1-4/);
      assert.deepEqual(await lettersOf(`${group}-other`), []);
    });

    test('a handler that throws at once counts as one that rejects', async () => {
      await bus.publish(topic, [{ id: 'x', key: 'k', body: '' }]);
      await bus.subscribe(
        subscription(() => {
          throw 'not even an error';
        }),
      );
      await bus.idle();
      const letters = await lettersOf(group);
      assert.equal(letters.length, 1);
      assert.match(letters[0]!.error, /not even an error/);
    });

    test('a dead letter is replayed to its group with its first offset; it fails again or is gone', async () => {
      let broken = true;
      const seen = new Collector();
      const other = new Collector();
      await bus.subscribe(
        subscription(async (events) => {
          if (broken && events.some((event) => event.id === 'k0-1')) throw new Error('broken');
          await seen.handle(events);
        }),
      );
      await bus.subscribe(subscription(other.handle, { group: `${group}-other` }));
      await bus.publish(topic, numbered(1, 3));
      await bus.idle();
      const [letter] = await lettersOf(group);
      assert.ok(letter);
      assert.equal(await bus.replay(letter.id), true);
      await bus.idle();
      const [again] = await lettersOf(group);
      assert.deepEqual(again?.event, letter.event);

      broken = false;
      assert.equal(await bus.replay(again!.id), true);
      await bus.idle();
      assert.deepEqual(await lettersOf(group), []);
      assert.deepEqual(seen.events.at(-1), letter.event);
      assert.equal(other.events.length, 3, 'the other group hears nothing of it');
      assert.equal(await bus.replay('999999999'), false);
      assert.equal(await bus.replay('nonsense'), false);
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
      await bus.publish(topic, numbered(1, 6));
      await bus.subscribe(
        subscription(async (events) => {
          if (failures < MAX_ATTEMPTS + 3) throw aways[failures++ % aways.length];
          await seen.handle(events);
        }),
      );
      await bus.idle();
      assert.equal(seen.events.length, 6);
      seen.assertOrderPerKey(6);
      assert.deepEqual(await lettersOf(group), []);
    });

    test('a partition that waits for something does not hold up the others', async () => {
      const away = gate();
      const seen = new Collector();
      const keys = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'];
      let stuck: number | undefined;
      await bus.subscribe(
        subscription(
          async (events) => {
            stuck ??= events[0]!.partition;
            if (events[0]!.partition === stuck && !away.isOpen) throw new PlazaError('unavailable', 'away');
            await seen.handle(events);
          },
          { concurrency: 1 },
        ),
      );
      await bus.publish(
        topic,
        keys.map((key) => ({ id: key, key, body: '' })),
      );
      const spread = new Map<number, number>();
      await seen.until(1);
      for (const event of seen.events) spread.set(event.partition, 1);
      assert.ok(!spread.has(stuck!));
      away.open();
      await bus.idle();
      assert.equal(seen.ids().size, keys.length);
    });

    test('a new group takes all that is kept, or only what comes, and remembers which after a restart', async () => {
      await bus.publish(topic, numbered(8, 2));
      const latest = { from: 'latest', group: `${group}-latest` } as const;
      const before = new Collector();
      await bus.subscribe(subscription(before.handle, latest));
      await bus.idle();
      assert.equal(before.events.length, 0);
      bus = await under.reopen();
      await bus.publish(topic, numbered(8, 2, 2));
      const after = new Collector();
      await bus.subscribe(subscription(after.handle, latest));
      const everything = new Collector();
      await bus.subscribe(subscription(everything.handle));
      await bus.idle();
      assert.equal(after.events.length, 16);
      assert.equal(everything.events.length, 32);
      everything.assertOrderPerKey(4);
    });

    test('nothing is missed and little comes twice across stop and start', async () => {
      const handled: IncomingEvent[] = [];
      await bus.publish(topic, numbered(16, 20));
      const enough = gate();
      await bus.subscribe(
        subscription(
          async (events) => {
            handled.push(...events);
            if (handled.length >= 100) enough.open();
          },
          { maxBatch: 4 },
        ),
      );
      await enough.opened;
      bus = await under.reopen();
      const beforeRestart = handled.length;
      const rest = new Collector();
      await bus.subscribe(subscription(rest.handle));
      await bus.publish(topic, numbered(16, 1, 20));
      await bus.idle();
      const ids = new Set([...handled, ...rest.events].map((event) => event.id));
      assert.equal(ids.size, 336);
      assert.equal(beforeRestart + rest.events.length, 336, 'an orderly stop commits what was handled');
      new Collector([...handled, ...rest.events]).assertOrderPerKey(21);
    });

    test('a batch that was interrupted by stop comes again after the start', async () => {
      const began = gate();
      await bus.publish(topic, numbered(1, 5));
      await bus.subscribe(
        subscription(async () => {
          began.open();
          throw new PlazaError('unavailable', 'never there');
        }),
      );
      await began.opened;
      bus = await under.reopen();
      const seen = new Collector();
      await bus.subscribe(subscription(seen.handle));
      await bus.idle();
      assert.equal(seen.events.length, 5);
    });

    test('lag counts what each group has not handled, also groups that are away', async () => {
      const subscriber = await bus.subscribe(subscription(async () => {}));
      await bus.publish(topic, numbered(4, 5));
      await bus.idle();
      assert.equal((await bus.lag()).get(group), 0);
      await subscriber.stop();
      await bus.publish(topic, numbered(4, 5, 5));
      assert.equal((await bus.lag()).get(group), 20);
      bus = await under.reopen();
      assert.equal((await bus.lag()).get(group), 20);
      await bus.subscribe(subscription(async () => {}));
      await bus.idle();
      assert.equal((await bus.lag()).get(group), 0);
    });

    test('an event may come twice when it is published twice, under the same id', async () => {
      const seen = new Collector();
      await bus.subscribe(subscription(seen.handle));
      const event = { id: 'same', key: 'k', body: '{}' };
      await bus.publish(topic, [event]);
      await bus.publish(topic, [event]);
      await bus.idle();
      assert.ok(seen.events.length >= 1);
      assert.deepEqual([...seen.ids()], ['same']);
    });

    test('what no server takes is refused, and nothing of it is kept', async () => {
      const seen = new Collector();
      await bus.subscribe(subscription(seen.handle));
      const good = { id: 'good', key: 'k', body: '' };
      const bad: OutgoingEvent[] = [
        { id: '', key: 'k', body: '' },
        { id: 'x', key: '', body: '' },
        { id: 'x', key: 'k'.repeat(201), body: '' },
        { id: 'x', key: 'k', body: 'x'.repeat(MAX_EVENT_CHARACTERS + 1) },
      ];
      for (const event of bad) await assert.rejects(bus.publish(topic, [good, event]), RangeError);
      await assert.rejects(bus.publish('no topic', [good]), RangeError);
      await assert.rejects(bus.publish('', [good]), RangeError);
      await assert.rejects(bus.publish(topic, Array(5_001).fill(good)), RangeError);
      for (const more of [{ maxBatch: 0 }, { maxBatch: 1.5 }, { topics: [] }, { group: 'a b' }, { concurrency: 0 }]) {
        await assert.rejects(bus.subscribe(subscription(seen.handle, more)), RangeError);
      }
      await bus.publish(topic, []);
      await bus.idle();
      assert.equal(seen.events.length, 0);
    });

    test('a handler may publish, also to its own topic', async () => {
      const seen = new Collector();
      await bus.subscribe(
        subscription(async (events) => {
          for (const event of events) {
            const depth = Number(event.body);
            if (depth < 5) await bus.publish(topic, [{ id: `${depth + 1}`, key: `k${depth}`, body: `${depth + 1}` }]);
          }
          await seen.handle(events);
        }),
      );
      await bus.publish(topic, [{ id: '0', key: 'k', body: '0' }]);
      await bus.idle();
      assert.deepEqual([...seen.ids()].sort(), ['0', '1', '2', '3', '4', '5']);
    });

    test(`a consumer that is ${FAR_BEHIND} events behind catches up, in bounded batches`, {
      timeout: 600_000,
    }, async () => {
      const perKey = FAR_BEHIND / 500;
      for (let n = 0; n < perKey; n += 10) await bus.publish(topic, numbered(500, 10, n));
      let handled = 0;
      let inHand = 0;
      let most = 0;
      const reached = new Map<string, number>();
      await bus.subscribe(
        subscription(
          async (events) => {
            inHand += events.length;
            most = Math.max(most, inHand);
            for (const { key, id } of events) {
              const n = Number(id.slice(id.indexOf('-') + 1));
              assert.equal(n, (reached.get(key) ?? -1) + 1);
              reached.set(key, n);
            }
            await new Promise((resolve) => setImmediate(resolve));
            handled += events.length;
            inHand -= events.length;
          },
          { maxBatch: 500, concurrency: 2 },
        ),
      );
      await bus.idle();
      assert.equal(handled, FAR_BEHIND);
      assert.ok(most <= 1_000, `${most} events were in hand at once`);
      assert.ok([...reached.values()].every((n) => n === perKey - 1));
    });

    const seed = process.env.SEED ?? randomToken(systemRandom, 6);
    test(`members come, go and fail at random, and nothing is skipped (SEED=${seed})`, async () => {
      const random = seededRandom(seed);
      const below = (limit: number) => random.bytes(4).readUInt32BE(0) % limit;
      const seen = new Collector();
      const members: { stop(): Promise<void> }[] = [];
      const join = async () =>
        members.push(
          await bus.subscribe(
            subscription(
              async (events) => {
                if (below(12) === 0) throw new Error('now and then');
                if (below(12) === 0) throw new PlazaError('unavailable', 'now and then');
                const done = events.slice(0, below(10) === 0 ? below(events.length + 1) : events.length);
                await seen.handle(done);
                if (done.length < events.length) throw new Error('in the middle of a batch');
              },
              { maxBatch: 1 + below(30), concurrency: 1 + below(4) },
            ),
          ),
        );
      await join();
      for (let n = 0; n < 40; n++) {
        await bus.publish(topic, numbered(30, 5, n * 5));
        const dice = below(6);
        if (dice === 0) await join();
        if (dice === 1 && members.length > 1) await members.splice(below(members.length), 1)[0]!.stop();
        if (dice === 2 && members.length > 1) void members.splice(below(members.length), 1)[0]!.stop();
        if (dice === 3 && n % 7 === 0) {
          bus = await under.reopen();
          members.length = 0;
          await join();
        }
      }
      await bus.idle();
      const letters = await lettersOf(group);
      const aside = new Set(letters.map((letter) => letter.event.id));
      assert.equal(new Set([...seen.ids(), ...aside]).size, 6_000);
      seen.assertNothingSkipped((id) => aside.has(id));
    });

    async function lettersOf(consumerGroup: string) {
      return (await bus.deadLetters(1_000)).filter((letter) => letter.group === consumerGroup);
    }
  });
}

/** `each` events for each of `keys` keys, numbered within their key: id `k3-7`. */
function numbered(keys: number, each: number, from = 0): OutgoingEvent[] {
  const events: OutgoingEvent[] = [];
  for (let n = from; n < from + each; n++) {
    for (let k = 0; k < keys; k++) events.push({ id: `k${k}-${n}`, key: `k${k}`, body: `{"n":${n}}` });
  }
  return events;
}

function pages<T>(items: readonly T[], size: number): T[][] {
  const result: T[][] = [];
  for (let from = 0; from < items.length; from += size) result.push(items.slice(from, from + size));
  return result;
}

if (EMBEDDED_PARTITIONS < 2) throw new Error('the suite needs partitions');
