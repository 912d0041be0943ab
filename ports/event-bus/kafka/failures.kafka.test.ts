import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { kafkaBrokers } from '#engines/kafka/kafka-engine.ts';
import { signalNode } from '#engines/node-process.ts';
import { systemClock } from '#platform/clock/system-clock.ts';
import { createLog } from '#platform/telemetry/log.ts';
import { Collector } from '#ports/event-bus/suite-tools.ts';
import { type KafkaEventBus, openKafkaEventBus } from './event-bus.ts';
import { type TestBrokers, testBrokers } from './testing/brokers.ts';
import { Publisher } from './testing/traffic.ts';

const TOPIC = 'survivors';
const GROUP = 'survivors';
/** How long all brokers are away. The whole minute takes its time, so it is asked for. */
const OUTAGE_MS = process.env.PLAZA_LONG_TESTS === '1' ? 60_000 : 15_000;
const PAUSE_MS = 10_000;
const TIMEOUT = { timeout: 300_000 };

describe('three brokers that die, stand still and are all away', () => {
  let brokers: TestBrokers;
  /** Each is a process to the brokers: one publishes, two consume. */
  const buses: KafkaEventBus[] = [];
  const seen = [new Collector(), new Collector()] as const;
  let publisher: Publisher;

  before(async () => {
    brokers = await testBrokers({ brokers: 3 });
    await brokers.start();
    const url = `kafka://${kafkaBrokers(brokers.options).join(',')}?replication=3`;
    const log = createLog(process.env.LOG ?? 'silent');
    for (let n = 0; n < 3; n++) buses.push(openKafkaEventBus({ url, clock: systemClock, log }));
    await buses[0]!.ensureTopics([{ name: TOPIC, partitions: 6, retentionMs: 3_600_000 }]);
    for (const [index, { handle }] of seen.entries()) {
      await buses[index + 1]!.subscribe({
        group: GROUP,
        topics: [TOPIC],
        from: 'earliest',
        offsets: 'core',
        maxBatch: 50,
        handle,
      });
    }
    publisher = new Publisher(buses[0]!, TOPIC);
    await publisher.more(1_000);
  }, TIMEOUT);

  after(async () => {
    await publisher?.stop();
    await Promise.all(buses.map((bus) => bus.close()));
    await brokers.remove();
  }, TIMEOUT);

  const node = (index: number) => brokers.engine.nodes[index]!;

  for (const index of [0, 1, 2]) {
    test(`broker ${index + 1} is killed: the others go on, and it comes back`, TIMEOUT, async () => {
      assert.ok(signalNode(node(index), 'SIGKILL'));
      await publisher.more(2_000);
      await brokers.start();
      await publisher.more(500);
    });
  }

  test(`a broker stands still for ${PAUSE_MS} ms, and wakes`, TIMEOUT, async () => {
    assert.ok(signalNode(node(0), 'SIGSTOP'));
    await systemClock.wait(PAUSE_MS);
    assert.ok(signalNode(node(0), 'SIGCONT'));
    await publisher.more(2_000);
  });

  test(
    `all brokers are away for ${OUTAGE_MS} ms: a publish says so, and goes on when they are back`,
    TIMEOUT,
    async () => {
      for (const each of brokers.engine.nodes) assert.ok(signalNode(each, 'SIGKILL'));
      await publisher.refused();
      await assert.rejects(buses[0]!.lag(), { name: 'PlazaError', code: 'unavailable' });
      await systemClock.wait(OUTAGE_MS);
      await brokers.start();
      await publisher.more(2_000);
    },
  );

  test(
    'in the end every acknowledged event was handled, in the order of its key, and nobody put anything aside',
    TIMEOUT,
    async () => {
      await publisher.stop();
      assert.deepEqual(publisher.strange, []);
      await Promise.all(buses.map((bus) => bus.idle()));
      const handled = new Collector(seen.flatMap(({ events }) => events));
      const ids = handled.ids();
      const missing = [...publisher.acknowledged].filter((id) => !ids.has(id));
      assert.deepEqual(missing, []);
      for (const { events } of seen) assert.ok(events.length > 0);
      assert.deepEqual(await buses[0]!.deadLetters(10), []);
      assert.equal((await buses[0]!.lag()).get(GROUP), 0);
      // Two members saw it, so what each of them missed the other has: the order is judged by partition and place.
      handled.events.sort((a, b) => a.partition - b.partition || a.offset - b.offset);
      handled.assertNothingSkipped(() => false);
    },
  );
});
