import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { createClient } from 'redis';
import { kafkaBrokers } from '#engines/kafka/kafka-engine.ts';
import { systemRandom } from '#platform/random/random.ts';
import { testBrokers } from '#ports/event-bus/kafka/testing/brokers.ts';
import { emptySchema } from '#ports/relational/postgres/testing.ts';
import { dropKeyspace, freshKeyspace, testCqlUrl } from '#ports/wide-column/cql/testing.ts';

/** Empty places on the engines for one Plaza: settings, as an operator's shell has them. */
export interface Places {
  readonly settings: Readonly<Record<string, string>>;
  remove(): Promise<void>;
}

/**
 * A schema of PostgreSQL, a keyspace, a bucket, and a broker of its own, because topics have the same names for every Plaza. Redis is the one that all tests share,
 * emptied.
 */
export async function emptyPlaces(): Promise<Places> {
  const stack = new AsyncDisposableStack();
  try {
    const schema = await emptySchema();
    stack.defer(() => schema.drop());
    const brokers = await testBrokers({ brokers: 1 });
    stack.defer(() => brokers.remove());
    await brokers.start();
    const cql = testCqlUrl(freshKeyspace());
    stack.defer(() => dropKeyspace(cql));
    await emptyCache(process.env.PLAZA_TEST_REDIS_URL!);
    const settings = {
      PLAZA_RELATIONAL_URL: schema.url,
      PLAZA_WIDE_COLUMN_URL: cql,
      PLAZA_EVENT_BUS_URL: `kafka://${kafkaBrokers(brokers.options).join(',')}?replication=1`,
      PLAZA_CACHE_URL: process.env.PLAZA_TEST_REDIS_URL!,
      PLAZA_OBJECT_STORE_URL: await freshBucket(process.env.PLAZA_TEST_S3_URL!),
      PLAZA_OBJECT_STORE_KEY_ID: process.env.PLAZA_TEST_S3_KEY_ID!,
      PLAZA_OBJECT_STORE_SECRET: process.env.PLAZA_TEST_S3_SECRET!,
    };
    return { settings, remove: () => stack.disposeAsync() };
  } catch (error) {
    await stack.disposeAsync();
    throw error;
  }
}

async function freshBucket(url: string): Promise<string> {
  const { searchParams } = new URL(url);
  const name = `plaza-${systemRandom.bytes(6).toString('hex')}`;
  const client = new S3Client({
    region: searchParams.get('region') ?? 'us-east-1',
    endpoint: searchParams.get('endpoint')!,
    forcePathStyle: true,
    credentials: {
      accessKeyId: process.env.PLAZA_TEST_S3_KEY_ID!,
      secretAccessKey: process.env.PLAZA_TEST_S3_SECRET!,
    },
  });
  await client.send(new CreateBucketCommand({ Bucket: name }));
  client.destroy();
  return `s3://${name}?${searchParams}`;
}

async function emptyCache(url: string): Promise<void> {
  for (const place of url.replace('redis://', '').split(',')) {
    const client = createClient({ url: `redis://${place}` });
    await client.connect();
    await client.flushAll();
    await client.close();
  }
}
