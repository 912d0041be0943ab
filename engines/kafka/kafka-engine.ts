import { join } from 'node:path';
import type { Engine, EngineNode } from '#engines/engine.ts';
import { answersAsBroker, untilWhole } from './answers.ts';
import { prepareBroker } from './prepare-broker.ts';
import { brokerPorts } from './server-properties.ts';

/** Who may enter by the secured listener (TLS, SASL SCRAM-SHA-512 or PLAIN). */
export interface KafkaUser {
  readonly user: string;
  readonly password: string;
}

export interface KafkaEngineOptions {
  /** Everything that the brokers keep. */
  readonly folder: string;
  /** Broker n takes the three ports from `basePort + 10 n` on: clients, controllers, clients with TLS and password. */
  readonly basePort: number;
  /** With three, every partition has three replicas, and a write needs two of them. */
  readonly brokers: 1 | 3;
  /** Opens the secured listener as well. Its certificate is `certificate.pem` in the folder of each broker. */
  readonly secured?: KafkaUser;
  /** How often members of consumer groups report, and so how fast partitions move. Brokers' own: 5 s. */
  readonly groupHeartbeatMs?: number;
}

/** Apache Kafka in KRaft mode on loopback: each node is broker and controller. Start all nodes at once: they elect a leader among them. */
export function kafkaEngine(options: KafkaEngineOptions): Engine {
  const nodes = brokerIds(options.brokers).map((id): EngineNode => {
    const folder = join(options.folder, `broker-${id}`);
    return {
      name: `broker-${id}`,
      folder,
      // Written by `prepare`: which Java and which jars is known only then. It replaces itself by the server, so its pid is the server's.
      command: join(folder, 'start'),
      args: [],
      prepare: () => prepareBroker(options, id, folder),
      answers: () => answersAsBroker(brokerPorts(options.basePort, id).controller),
    };
  });
  return { name: 'kafka', nodes, join: () => untilWhole(kafkaBrokers(options), options.brokers) };
}

/** The addresses that a client starts with: `127.0.0.1:9092`. */
export function kafkaBrokers({ basePort, brokers }: Pick<KafkaEngineOptions, 'basePort' | 'brokers'>): string[] {
  return brokerIds(brokers).map((id) => `127.0.0.1:${brokerPorts(basePort, id).plain}`);
}

/** The same, of the secured listeners. */
export function securedKafkaBrokers({ basePort, brokers }: Pick<KafkaEngineOptions, 'basePort' | 'brokers'>): string[] {
  return brokerIds(brokers).map((id) => `127.0.0.1:${brokerPorts(basePort, id).secured}`);
}

function brokerIds(brokers: number): number[] {
  return Array.from({ length: brokers }, (_, index) => index + 1);
}
