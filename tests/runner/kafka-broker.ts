import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freeBasePort } from '#engines/free-base-port.ts';
import { findJava } from '#engines/java/find-java.ts';
import { javaLibraries } from '#engines/java/java-libraries.ts';
import { kafkaBrokers, kafkaEngine } from '#engines/kafka/kafka-engine.ts';
import type { Environment, Outcome } from './requirements.ts';
import { startEngine } from './start-engine.ts';

/** Ports that one broker takes, and one between. */
const SPAN = 20;

/**
 * One broker for all tests of Kafka that need no more, on this machine alone; its address is in `PLAZA_TEST_KAFKA`. A broker that is named there already is
 * used as it is. Tests of failures start three of their own.
 */
export async function kafkaBroker(root: string, env: Environment): Promise<Outcome> {
  const named = env.PLAZA_TEST_KAFKA || undefined;
  if (named !== undefined) return { env: { PLAZA_TEST_KAFKA: named } };
  try {
    await findJava({ from: 17 });
    await javaLibraries('kafka', join(root, 'engines/kafka'));
  } catch (error) {
    return { missing: `needs Kafka: ${(error as Error).message}` };
  }
  const folder = mkdtempSync(join(tmpdir(), 'plaza-kafka-'));
  const options = { folder, basePort: await freeBasePort(SPAN), brokers: 1, groupHeartbeatMs: 1_000 } as const;
  const stop = await startEngine(kafkaEngine(options), folder);
  return { env: { PLAZA_TEST_KAFKA: kafkaBrokers(options).join(',') }, stop };
}
