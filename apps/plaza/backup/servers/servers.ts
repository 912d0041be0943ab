import { EVENT_TOPICS } from '#contracts/events/topics.ts';
import { systemClock } from '#platform/clock/system-clock.ts';
import type { Config } from '#platform/config/config.ts';
import { ConfigError } from '#platform/config/config-error.ts';
import { decodeKey } from '#platform/config/formats.ts';
import { environmentName } from '#platform/config/settings.ts';
import { noFaults } from '#platform/faults/faults.ts';
import { systemRandom } from '#platform/random/random.ts';
import { createLog } from '#platform/telemetry/log.ts';
import { createMetrics } from '#platform/telemetry/metrics.ts';
import { KafkaCopy } from '#ports/event-bus/kafka/copy.ts';
import type { ObjectStore } from '#ports/object-store/port.ts';
import { CqlCopy } from '#ports/wide-column/cql/copy.ts';
import { openCql } from '#ports/wide-column/cql/wide-column.ts';
import type { WideColumn } from '#ports/wide-column/port.ts';
import { derivedKey } from '../../composition/keys.ts';
import { PORT_NAMES, PORT_URLS } from '../../ports/names.ts';
import { SERVER_TWINS, tlsOf } from '../../ports/servers.ts';

/** Somebody at a shell waits for a page of a whole table, not a service for a row. */
const REQUEST_TIMEOUT_MS = 30_000;
const DAY_MS = 24 * 3_600_000;

/** The servers on which the data is, as a copy of all of it needs them. */
export interface Servers {
  readonly relational: { readonly url: string; readonly tls: ReturnType<typeof tlsOf> };
  readonly wide: WideColumn;
  readonly wideCopy: CqlCopy;
  readonly events: KafkaCopy;
  readonly objects: ObjectStore;
  close(): Promise<void>;
}

/** @throws ConfigError with one line about the first setting that is missing */
export async function openServers(config: Config): Promise<Servers> {
  for (const port of PORT_NAMES) {
    if (port === 'cache' || config[PORT_URLS[port]] !== undefined) continue;
    throw new ConfigError(
      `${environmentName(PORT_URLS[port])} is not set while others are: a backup is of one data folder, or of servers for everything.`,
    );
  }
  const [clock, random, log, metrics] = [systemClock, systemRandom, createLog('error'), createMetrics()];
  const stack = new AsyncDisposableStack();
  try {
    const cql = { url: config.wideColumnUrl!, tls: tlsOf(config, 'wideColumn'), log };
    const wideCopy = stack.adopt(await CqlCopy.open(cql), (copy) => copy.close());
    const wide = await openCql({ ...cql, clock, random, requestTimeoutMs: REQUEST_TIMEOUT_MS });
    stack.defer(() => wide.close());
    const objects = await SERVER_TWINS.objects({ config, clock, random, log, metrics, faults: noFaults });
    stack.defer(() => objects.close());
    const topics = EVENT_TOPICS.map(({ retentionDays, ...topic }) => ({
      ...topic,
      retentionMs: retentionDays * DAY_MS,
    }));
    const events = new KafkaCopy({ url: config.eventBusUrl!, tls: tlsOf(config, 'eventBus'), clock }, topics);
    stack.defer(() => events.close());
    const relational = { url: config.relationalUrl!, tls: tlsOf(config, 'relational') };
    return { relational, wide, wideCopy, events, objects, close: () => stack.disposeAsync() };
  } catch (error) {
    await stack.disposeAsync();
    throw error;
  }
}

/** @throws ConfigError when there is no key: a backup without it would be of little use */
export function keyFingerprint(config: Config): string {
  const key = decodeKey(config.operatorKey ?? '');
  if (key !== undefined) return derivedKey(key, 'plaza backup').slice(0, 16);
  throw new ConfigError('PLAZA_OPERATOR_KEY is not set: give the key that the services have.');
}
