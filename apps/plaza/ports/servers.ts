import { readFileSync } from 'node:fs';
import { CompiledQuery } from 'kysely';
import { EVENT_TOPICS } from '#contracts/events/topics.ts';
import type { Clock } from '#platform/clock/clock.ts';
import type { Config } from '#platform/config/config.ts';
import { ConfigError } from '#platform/config/config-error.ts';
import { environmentName, type SettingName } from '#platform/config/settings.ts';
import type { Faults } from '#platform/faults/faults.ts';
import type { Random } from '#platform/random/random.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import type { Metrics } from '#platform/telemetry/metrics.ts';
import type { OpenPorts, PortName } from './names.ts';
import { untilThere } from './until-there.ts';

/** What a server twin is opened with. */
export interface ServerOptions {
  readonly config: Config;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly faults: Faults;
}

type Openers = { readonly [P in PortName]: (options: ServerOptions) => Promise<OpenPorts[P]> };

const DAY_MS = 24 * 3_600_000;

/** Opens each port on its server. The libraries are loaded here and nowhere else, so a program on embedded twins never sees them. */
export const SERVER_TWINS: Openers = {
  async relational({ config, ...tools }) {
    const { openPostgres } = await import('#ports/relational/postgres/relational.ts');
    const relational = await openPostgres({
      ...tools,
      url: config.relationalUrl!,
      replicaUrls: config.relationalReplicaUrls,
      poolSize: config.relationalPoolSize,
      tls: tlsOf(config, 'relational'),
    });
    await untilThere('the relational store', tools, () => relational.query(CompiledQuery.raw('select 1')));
    return relational;
  },
  async wideColumn({ config, ...tools }) {
    const { openCql } = await import('#ports/wide-column/cql/wide-column.ts');
    const options = { ...tools, url: config.wideColumnUrl!, tls: tlsOf(config, 'wideColumn') };
    return untilThere('the wide-column store', tools, () => openCql(options));
  },
  async bus({ config, ...tools }) {
    const { openKafkaEventBus } = await import('#ports/event-bus/kafka/event-bus.ts');
    const bus = openKafkaEventBus({ ...tools, url: config.eventBusUrl!, tls: tlsOf(config, 'eventBus') ?? {} });
    const topics = EVENT_TOPICS.map(({ retentionDays, ...topic }) => ({
      ...topic,
      retentionMs: retentionDays * DAY_MS,
    }));
    await untilThere('the event bus', tools, () => bus.ensureTopics(topics));
    return bus;
  },
  async cache({ config, ...tools }) {
    const { openRedisCache } = await import('#ports/cache/redis/redis-cache.ts');
    return openRedisCache({ ...tools, url: config.cacheUrl!, tls: tlsOf(config, 'cache') ?? {} });
  },
  async objects({ config, ...tools }) {
    const { openS3Store } = await import('#ports/object-store/s3/s3-store.ts');
    return openS3Store({
      ...tools,
      url: config.objectStoreUrl!,
      accessKeyId: config.objectStoreKeyId!,
      secretAccessKey: config.objectStoreSecret!,
      tls: tlsOf(config, 'objectStore'),
    });
  },
};

interface TlsTexts {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
}

/** The PEM texts of an engine, where any are named. */
export function tlsOf(
  config: Config,
  engine: 'relational' | 'wideColumn' | 'eventBus' | 'cache' | 'objectStore',
): TlsTexts | undefined {
  const ca = pem(config, `${engine}TlsCa`);
  const cert = pem(config, `${engine}TlsCert`);
  const key = pem(config, `${engine}TlsKey`);
  if (ca === undefined && cert === undefined) return undefined;
  return {
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
  };
}

function pem(config: Config, name: SettingName): string | undefined {
  const path = config[name] as string | undefined;
  if (path === undefined) return undefined;
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const label = environmentName(name);
    throw new ConfigError(`${label} is "${path}", which cannot be read (${code}): name a file that Plaza may read.`);
  }
}
