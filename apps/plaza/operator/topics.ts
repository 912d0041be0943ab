import { readFileSync } from 'node:fs';
import { EVENT_TOPICS } from '#contracts/events/topics.ts';
import { systemClock } from '#platform/clock/system-clock.ts';
import type { Config } from '#platform/config/config.ts';
import { createLog } from '#platform/telemetry/log.ts';
import { openKafkaEventBus } from '#ports/event-bus/kafka/event-bus.ts';
import { table } from './table.ts';

const DAY_MS = 86_400_000;

/**
 * Creates the topics that the services publish to, before the first start on a Kafka and after an update that brings new ones. Topics
 * that exist stay as they are. Gives lines to print.
 * @throws Error when events are embedded, or the brokers are away
 */
export async function createEventTopics(config: Config): Promise<string[]> {
  const { eventBusUrl: url, eventBusTlsCa, eventBusTlsCert, eventBusTlsKey } = config;
  if (url === undefined)
    throw new Error('Events are embedded, so there are no topics to create. PLAZA_EVENT_BUS_URL names a Kafka.');
  const files = { ca: eventBusTlsCa, cert: eventBusTlsCert, key: eventBusTlsKey };
  const tls = Object.fromEntries(
    Object.entries(files).flatMap(([name, path]) => (path === undefined ? [] : [[name, readFileSync(path, 'utf8')]])),
  );
  const bus = openKafkaEventBus({ url, tls, clock: systemClock, log: createLog('error') });
  try {
    const topics = EVENT_TOPICS.map(({ name, partitions, retentionDays }) => ({
      name,
      partitions,
      retentionMs: retentionDays * DAY_MS,
    }));
    const reports = await bus.ensureTopics(topics);
    return table(
      ['topic', 'partitions', ''],
      reports.map(({ name, partitions, outcome }) => [name, String(partitions), outcome]),
    );
  } finally {
    await bus.close();
  }
}
