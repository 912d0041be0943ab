import { join } from 'node:path';
import type { KafkaEngineOptions } from './kafka-engine.ts';

export interface BrokerPorts {
  readonly plain: number;
  readonly controller: number;
  readonly secured: number;
}

export function brokerPorts(basePort: number, id: number): BrokerPorts {
  const first = basePort + id * 10;
  return { plain: first, controller: first + 1, secured: first + 2 };
}

/** The settings of one broker, as the text of its `server.properties`. */
export function serverProperties(
  options: KafkaEngineOptions,
  id: number,
  folder: string,
  storePassword: string,
): string {
  const { brokers, basePort, groupHeartbeatMs } = options;
  const replicas = brokers;
  const inSync = brokers === 3 ? 2 : 1;
  const lines: Record<string, string | number | boolean> = {
    'process.roles': 'broker,controller',
    'node.id': id,
    'controller.quorum.voters': voters(basePort, brokers),
    ...listeners(options, id),
    'log.dirs': join(folder, 'data'),
    'auto.create.topics.enable': false,
    'default.replication.factor': replicas,
    'min.insync.replicas': inSync,
    'unclean.leader.election.enable': false,
    'offsets.topic.replication.factor': replicas,
    'offsets.topic.num.partitions': 8,
    'transaction.state.log.replication.factor': replicas,
    'transaction.state.log.min.isr': inSync,
    'transaction.state.log.num.partitions': 8,
    'share.coordinator.state.topic.replication.factor': replicas,
    'share.coordinator.state.topic.min.isr': inSync,
    'group.initial.rebalance.delay.ms': 0,
    'log.segment.bytes': 64 * 1024 * 1024,
    // A folder of many small topics: an index of the default size would reserve ten megabytes for each partition.
    'log.index.size.max.bytes': 1024 * 1024,
    ...groupPace(groupHeartbeatMs),
    ...(options.secured === undefined ? {} : secured(options.secured, folder, storePassword)),
  };
  return `${Object.entries(lines)
    .map(([name, value]) => `${name}=${value}`)
    .join('\n')}\n`;
}

function voters(basePort: number, brokers: number): string {
  return Array.from({ length: brokers }, (_, index) => index + 1)
    .map((id) => `${id}@127.0.0.1:${brokerPorts(basePort, id).controller}`)
    .join(',');
}

function listeners({ basePort, secured }: KafkaEngineOptions, id: number): Record<string, string> {
  const ports = brokerPorts(basePort, id);
  const forClients = [`PLAIN://127.0.0.1:${ports.plain}`];
  if (secured !== undefined) forClients.push(`SECURED://127.0.0.1:${ports.secured}`);
  return {
    listeners: [...forClients, `CONTROLLER://127.0.0.1:${ports.controller}`].join(','),
    'advertised.listeners': forClients.join(','),
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': 'PLAIN',
    'listener.security.protocol.map': 'PLAIN:PLAINTEXT,CONTROLLER:PLAINTEXT,SECURED:SASL_SSL',
  };
}

function groupPace(heartbeatMs: number | undefined): Record<string, number> {
  if (heartbeatMs === undefined) return {};
  return {
    'group.consumer.min.heartbeat.interval.ms': heartbeatMs,
    'group.consumer.heartbeat.interval.ms': heartbeatMs,
    'group.consumer.min.session.timeout.ms': 6_000,
    'group.consumer.session.timeout.ms': 10_000,
  };
}

function secured({ user, password }: { user: string; password: string }, folder: string, storePassword: string) {
  const login = 'org.apache.kafka.common.security';
  return {
    'sasl.enabled.mechanisms': 'SCRAM-SHA-512,PLAIN',
    'listener.name.secured.scram-sha-512.sasl.jaas.config': `${login}.scram.ScramLoginModule required;`,
    'listener.name.secured.plain.sasl.jaas.config': `${login}.plain.PlainLoginModule required user_${user}="${password}";`,
    'ssl.keystore.type': 'PKCS12',
    'ssl.keystore.location': join(folder, 'certificate.p12'),
    'ssl.keystore.password': storePassword,
  };
}
