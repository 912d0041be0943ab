import { join } from 'node:path';
import { findJava } from '#engines/java/find-java.ts';
import { javaLibraries } from '#engines/java/java-libraries.ts';
import { findPostgres } from '#engines/postgres/find-postgres.ts';
import { haproxy } from './haproxy.ts';
import { redisServer } from './redis-server.ts';
import type { Outcome } from './requirements.ts';
import { s3Server } from './s3-server.ts';

/** Everything of which a cluster is made. Tests that break engines start some of their own, which nobody else uses. */
export async function wholeCluster(root: string): Promise<Outcome> {
  for (const look of [haproxy, redisServer, s3Server]) {
    const outcome = await look();
    if ('missing' in outcome) return outcome;
  }
  if (findPostgres() === undefined) return { missing: 'needs PostgreSQL: apt-get install postgresql' };
  try {
    await findJava({ from: 17, to: 17 });
    for (const engine of ['kafka', 'cassandra']) await javaLibraries(engine, join(root, 'engines', engine));
  } catch (error) {
    return { missing: `needs Kafka and Cassandra: ${(error as Error).message}` };
  }
  return { env: {} };
}
