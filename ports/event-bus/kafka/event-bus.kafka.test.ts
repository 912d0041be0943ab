import type { Clock } from '#platform/clock/clock.ts';
import { systemClock } from '#platform/clock/system-clock.ts';
import { createLog } from '#platform/telemetry/log.ts';
import { eventBusSuite } from '#ports/event-bus/suite.ts';
import { openKafkaEventBus } from './event-bus.ts';

/** Waits a tenth of what it should, so that backoffs do not make the suite slow. */
const hurriedClock: Clock = { ...systemClock, wait: (ms, signal) => systemClock.wait(ms / 10, signal) };
const PARTITIONS = 6;
const RETENTION_MS = 3_600_000;

eventBusSuite('Kafka', async () => {
  const open = () =>
    openKafkaEventBus({
      url: `kafka://${process.env.PLAZA_TEST_KAFKA}`,
      clock: hurriedClock,
      log: createLog(process.env.LOG ?? 'silent'),
    });
  let bus = open();
  return {
    bus,
    async createTopics(names) {
      await bus.ensureTopics(names.map((name) => ({ name, partitions: PARTITIONS, retentionMs: RETENTION_MS })));
    },
    async reopen() {
      await bus.close();
      bus = open();
      return bus;
    },
    close: () => bus.close(),
  };
});
