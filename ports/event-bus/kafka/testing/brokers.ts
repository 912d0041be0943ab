import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Engine } from '#engines/engine.ts';
import { freeBasePort } from '#engines/free-base-port.ts';
import { type KafkaEngineOptions, kafkaEngine } from '#engines/kafka/kafka-engine.ts';
import { startNode, stopNode } from '#engines/node-process.ts';

export interface TestBrokers {
  readonly options: KafkaEngineOptions;
  readonly engine: Engine;
  /** Starts those that do not run, and waits until all serve. */
  start(): Promise<void>;
  /** Ends them and deletes what they kept. */
  remove(): Promise<void>;
}

/** Brokers of one test, on ports and in a folder of their own. */
export async function testBrokers(options: Pick<KafkaEngineOptions, 'brokers' | 'secured'>): Promise<TestBrokers> {
  const folder = mkdtempSync(join(tmpdir(), 'plaza-kafka-'));
  const full = { ...options, folder, basePort: await freeBasePort(40), groupHeartbeatMs: 1_000 };
  const engine = kafkaEngine(full);
  return {
    options: full,
    engine,
    async start() {
      await Promise.all(engine.nodes.map(startNode));
      await engine.join?.();
    },
    async remove() {
      await Promise.all(engine.nodes.map(stopNode));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
