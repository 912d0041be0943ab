import { resolve } from 'node:path';
import type { Config } from '#platform/config/config.ts';
import type { ServiceName } from '#platform/config/service-names.ts';

/** A process of Plaza in the cluster. */
export interface Member {
  /** `post`, `gateway-2`. */
  readonly name: string;
  readonly service: ServiceName;
  readonly port: number;
  readonly metricsPort: number;
}

/** Where everything of a cluster on one machine is: ports from one base on, folders in one folder. */
export interface Layout {
  readonly folder: string;
  readonly nodes: 1 | 3;
  readonly postgresPort: number;
  readonly cassandraPort: number;
  /** Cassandra's nodes talk to each other at a fixed port, so each cluster has loopback addresses of its own. */
  readonly cassandraPrefix: string;
  readonly kafkaPort: number;
  readonly redisPort: number;
  readonly s3Port: number;
  readonly services: readonly Member[];
  readonly gateways: readonly Member[];
  /** What people use. */
  readonly port: number;
  readonly origin: string;
}

/** All ports of a cluster lie within so many from its base port on; Redis takes six more, 10,000 above. */
export const PORTS = 130;
const CALLED = ['user', 'authentication', 'post', 'feed'] as const;

export function layoutOf(config: Config): Layout {
  const base = config.clusterBasePort;
  const gateway = (index: number): Member => ({
    name: `gateway-${index + 1}`,
    service: 'gateway',
    port: base + 100 + index,
    metricsPort: base + 110 + index,
  });
  return {
    folder: resolve(config.clusterFolder),
    nodes: config.clusterNodes === 3 ? 3 : 1,
    postgresPort: base,
    cassandraPort: base + 10,
    cassandraPrefix: `127.${100 + (base % 100)}.${Math.floor(base / 100) % 256}.`,
    // A broker takes ports from ten above on.
    kafkaPort: base + 10,
    redisPort: base + 60,
    s3Port: base + 70,
    services: CALLED.map((service, index) => ({
      ...{ name: service, service },
      port: base + 80 + index,
      metricsPort: base + 90 + index,
    })),
    gateways: [gateway(0), gateway(1)],
    port: config.port,
    origin: config.origin?.replace(/\/$/, '') ?? `http://localhost:${config.port}`,
  };
}

/** Place for one more process of a service, the second to the fourth. One service at a time has more than one. */
export function anotherMember({ services }: Layout, service: ServiceName, number: number): Member {
  const [first] = services;
  return {
    ...{ name: `${service}-${number}`, service },
    port: first!.port + 40 + number,
    metricsPort: first!.port + 44 + number,
  };
}
