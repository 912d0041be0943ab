import { startTestRedis } from '#ports/cache/redis/testing.ts';
import { startTestS3 } from '#ports/object-store/s3/testing.ts';
import { cassandra } from './cassandra.ts';
import { kafkaBroker } from './kafka-broker.ts';
import { postgresServer } from './postgres.ts';
import { redisServer } from './redis-server.ts';
import type { Environment, Outcome } from './requirements.ts';
import { s3Server } from './s3-server.ts';

/** Fewer do not make a Redis Cluster. */
const REDIS_MASTERS = 3;

/**
 * Every engine once, each as small as it gets, for all tests of the cluster. Those that other tests have as well are shared with them. Addresses are in
 * `PLAZA_TEST_POSTGRES_URL`, `PLAZA_TEST_CQL_URL`, `PLAZA_TEST_KAFKA` (these as for tests of one engine), `PLAZA_TEST_REDIS_URL`, `PLAZA_TEST_S3_URL`,
 * `PLAZA_TEST_S3_KEY_ID` and `PLAZA_TEST_S3_SECRET`; what is named there already is used as it is. Tests take a schema, a keyspace, a prefix of topics and a
 * bucket of their own.
 */
export async function allEngines(root: string, env: Environment): Promise<Outcome> {
  const started: (() => Promise<void>)[] = [];
  const stop = async () => {
    await Promise.all(started.map((each) => each()));
  };
  let found: Record<string, string> = {};
  try {
    // One after another: their starts are what costs most, and a machine may have two cores.
    for (const prepare of [postgresServer, redis, s3, kafkaBroker, cassandra]) {
      const outcome = await prepare(root, env);
      if ('missing' in outcome) {
        await stop();
        return outcome;
      }
      found = { ...found, ...outcome.env };
      if (outcome.stop !== undefined) started.push(() => outcome.stop!());
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return { env: found, stop };
}

async function redis(_root: string, env: Environment): Promise<Outcome> {
  const named = env.PLAZA_TEST_REDIS_URL || undefined;
  if (named !== undefined) return { env: { PLAZA_TEST_REDIS_URL: named } };
  const outcome = await redisServer();
  if ('missing' in outcome) return outcome;
  const { basePort, stop } = await startTestRedis({ masters: REDIS_MASTERS, replicas: 0 });
  const nodes = Array.from({ length: REDIS_MASTERS }, (_, index) => `127.0.0.1:${basePort + index}`);
  return { env: { PLAZA_TEST_REDIS_URL: `redis://${nodes.join(',')}` }, stop };
}

async function s3(_root: string, env: Environment): Promise<Outcome> {
  const { PLAZA_TEST_S3_URL: named = '', PLAZA_TEST_S3_KEY_ID: keyId = '', PLAZA_TEST_S3_SECRET: secret = '' } = env;
  if (named !== '') {
    return { env: { PLAZA_TEST_S3_URL: named, PLAZA_TEST_S3_KEY_ID: keyId, PLAZA_TEST_S3_SECRET: secret } };
  }
  const outcome = await s3Server();
  if ('missing' in outcome) return outcome;
  const { url, credentials, stop } = await startTestS3();
  return {
    env: {
      PLAZA_TEST_S3_URL: url,
      PLAZA_TEST_S3_KEY_ID: credentials.accessKeyId,
      PLAZA_TEST_S3_SECRET: credentials.secretAccessKey,
    },
    stop,
  };
}
