import { join } from 'node:path';
import { cassandraAddresses, cassandraEngine } from '#engines/cassandra/cassandra-engine.ts';
import type { Engine } from '#engines/engine.ts';
import { kafkaBrokers, kafkaEngine } from '#engines/kafka/kafka-engine.ts';
import { postgresEngine, postgresUrls } from '#engines/postgres/postgres-engine.ts';
import { redisEngine } from '#engines/redis/redis-engine.ts';
import { DEFAULT_BUCKET, s3Engine } from '#engines/s3/s3-engine.ts';
import type { Layout } from './layout.ts';
import type { ClusterSecrets } from './secrets.ts';

export interface ClusterEngines {
  readonly engines: readonly Engine[];
  /** What tells services where the engines are. */
  readonly settings: Readonly<Record<string, string>>;
}

const DATA_CENTER = 'dc1';
const S3_KEY_ID = 'plaza';
const MASTERS = 3;

/** The engines of a cluster: one node each, or three where they share the work; Redis always has three masters. */
export function clusterEngines(layout: Layout, secrets: ClusterSecrets): ClusterEngines {
  const place = (name: string) => join(layout.folder, 'engines', name);
  const whole = layout.nodes === 3;
  const postgres = {
    folder: place('postgres'),
    basePort: layout.postgresPort,
    replicas: whole ? 2 : 1,
    password: secrets.postgres,
  };
  const cassandra = {
    folder: place('cassandra'),
    port: layout.cassandraPort,
    dataCenters: Array.from({ length: layout.nodes }, () => DATA_CENTER),
    addressPrefix: layout.cassandraPrefix,
  };
  const kafka = {
    folder: place('kafka'),
    basePort: layout.kafkaPort,
    brokers: layout.nodes,
    // A process that is killed leaves its partitions to nobody until its session is over: after ten seconds instead of 45.
    groupHeartbeatMs: 1_000,
  };
  const redis = {
    folder: place('redis'),
    basePort: layout.redisPort,
    masters: MASTERS,
    replicas: whole ? MASTERS : 0,
    password: secrets.redis,
  };
  const s3 = { folder: place('s3'), port: layout.s3Port, accessKey: S3_KEY_ID, secretKey: secrets.s3 };

  const { primary, replicas } = postgresUrls(postgres);
  const cql = cassandraAddresses(cassandra).map((address) => `${address}:${cassandra.port}`);
  const masters = Array.from({ length: MASTERS }, (_, index) => `127.0.0.1:${redis.basePort + index}`);
  return {
    engines: [
      postgresEngine(postgres),
      redisEngine(redis),
      s3Engine(s3),
      kafkaEngine(kafka),
      cassandraEngine(cassandra),
    ],
    settings: {
      PLAZA_RELATIONAL_URL: primary,
      PLAZA_RELATIONAL_REPLICA_URLS: replicas.join(','),
      PLAZA_WIDE_COLUMN_URL: `cql://${cql.join(',')}/plaza?datacenter=${DATA_CENTER}&replication=${DATA_CENTER}:${layout.nodes}`,
      PLAZA_EVENT_BUS_URL: `kafka://${kafkaBrokers(kafka).join(',')}?replication=${layout.nodes}`,
      PLAZA_CACHE_URL: `redis://:${secrets.redis}@${masters.join(',')}`,
      PLAZA_OBJECT_STORE_URL: `s3://${DEFAULT_BUCKET}?endpoint=http://127.0.0.1:${layout.s3Port}`,
      PLAZA_OBJECT_STORE_KEY_ID: S3_KEY_ID,
      PLAZA_OBJECT_STORE_SECRET: secrets.s3,
    },
  };
}
