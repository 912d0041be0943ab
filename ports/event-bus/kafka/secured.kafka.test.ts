import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { inspect } from 'node:util';
import { kafkaBrokers, securedKafkaBrokers } from '#engines/kafka/kafka-engine.ts';
import { systemClock } from '#platform/clock/system-clock.ts';
import { createLog } from '#platform/telemetry/log.ts';
import { Collector, numbered } from '#ports/event-bus/suite-tools.ts';
import { openKafkaEventBus } from './event-bus.ts';
import { type TestBrokers, testBrokers } from './testing/brokers.ts';

const USER = 'plaza';
const PASSWORD = 'p@ss/w:ord 100% secret';
const TIMEOUT = { timeout: 300_000 };

describe('brokers that ask for TLS and a password', () => {
  let brokers: TestBrokers;
  let ca = '';
  const logged: string[] = [];
  const log = createLog('trace', { write: (line: string) => void logged.push(line) });

  before(async () => {
    brokers = await testBrokers({ brokers: 1, secured: { user: USER, password: PASSWORD } });
    await brokers.start();
    ca = readFileSync(join(brokers.engine.nodes[0]!.folder, 'certificate.pem'), 'utf8');
  }, TIMEOUT);
  after(() => brokers.remove(), TIMEOUT);

  function open({ password = PASSWORD, query = '', tls = { ca } as { ca?: string }, hosts = secured() }) {
    const login = `${USER}:${encodeURIComponent(password)}`;
    return openKafkaEventBus({ url: `kafka://${login}@${hosts}?${query}`, tls, clock: systemClock, log });
  }
  const secured = () => securedKafkaBrokers(brokers.options).join(',');

  /** What somebody who may not enter gets to see, in any form in which it could be printed. */
  async function refusal(bus: ReturnType<typeof open>): Promise<string> {
    try {
      await bus.lag();
    } catch (error) {
      return inspect(error, { depth: 20 });
    } finally {
      await bus.close();
    }
    throw new Error('It was let in.');
  }

  for (const mechanism of ['SCRAM-SHA-512', 'PLAIN']) {
    test(`${mechanism}: publishes and consumes`, TIMEOUT, async () => {
      const bus = open({ query: `sasl=${mechanism}&replication=1` });
      const topic = `secured-${mechanism}`;
      await bus.ensureTopics([{ name: topic, partitions: 2, retentionMs: 3_600_000 }]);
      const { handle, events } = new Collector();
      await bus.subscribe({ group: topic, topics: [topic], from: 'earliest', offsets: 'core', maxBatch: 20, handle });
      await bus.publish(topic, numbered(4, 5));
      await bus.idle();
      assert.equal(events.length, 20);
      await bus.close();
    });
  }

  test('another password is refused, and neither is printed', TIMEOUT, async () => {
    for (const sasl of ['SCRAM-SHA-512', 'PLAIN']) {
      const shown = await refusal(open({ password: 'wr0ng-password', query: `sasl=${sasl}` }));
      assert.match(shown, /unavailable/);
      assert.doesNotMatch(shown, /wr0ng-password/);
    }
  });

  test('a certificate that nobody vouches for is refused', TIMEOUT, async () => {
    const shown = await refusal(open({ tls: {}, query: 'tls=on' }));
    assert.match(shown, /certificate/i);
    assert.ok(!shown.includes(PASSWORD));
  });

  test('a listener without TLS is not spoken to, and the password is not printed', TIMEOUT, async () => {
    const shown = await refusal(open({ hosts: kafkaBrokers(brokers.options).join(',') }));
    assert.ok(!shown.includes(PASSWORD));
  });

  test('no password stands in the log', () => {
    const text = logged.join('');
    for (const secret of [PASSWORD, encodeURIComponent(PASSWORD), 'wr0ng-password']) assert.ok(!text.includes(secret));
  });
});
