import { connect } from 'node:net';
import { join } from 'node:path';
import type { Engine, EngineNode } from '#engines/engine.ts';
import { prepareNode } from './prepare-node.ts';
import { untilWhole } from './until-whole.ts';

/** TLS for all clients, and one user who may do everything. For one node: logins are kept on it alone. */
export interface CassandraAccess {
  readonly user: string;
  readonly password: string;
  /** Path of a PEM file with key and certificate of the server. */
  readonly serverPem: string;
  /** Path of a PEM file with the authority of clients' certificates. */
  readonly caPem: string;
  /** Only clients with a certificate of that authority may enter. */
  readonly clientCertificates?: boolean;
}

export interface CassandraEngineOptions {
  /** Everything that the nodes keep. */
  readonly folder: string;
  /** Clients' port, the same at each address. */
  readonly port: number;
  /** The data centre of each node, by name: `['dc1', 'dc1', 'dc2']`. */
  readonly dataCenters: readonly string[];
  /** Node n listens at this with n at the end: two engines need different ones. `127.0.0.` takes 127.0.0.1, 127.0.0.2 and so on. */
  readonly addressPrefix: string;
  readonly secured?: CassandraAccess;
}

/** Where one node lives. */
export interface CassandraPlace {
  readonly folder: string;
  readonly address: string;
  readonly dataCenter: string;
}

/** Apache Cassandra on loopback addresses, as a server for the CQL twin. Start all nodes at once: they are seeds of one another. */
export function cassandraEngine(options: CassandraEngineOptions): Engine {
  const seeds = cassandraAddresses(options);
  const nodes = seeds.map((address, index): EngineNode => {
    const place = {
      folder: join(options.folder, `node-${index + 1}`),
      address,
      dataCenter: options.dataCenters[index]!,
    };
    return {
      name: `node-${index + 1}`,
      folder: place.folder,
      // Written by `prepare`: which Java and which jars is known only then. It replaces itself by the server, so its pid is the server's.
      command: join(place.folder, 'start'),
      args: [],
      prepare: () => prepareNode(options, place, seeds),
      // It opens this port last.
      answers: () => accepts(address, options.port),
    };
  });
  return { name: 'cassandra', nodes, join: () => untilWhole(options) };
}

/** The addresses of the nodes, without their port. */
export function cassandraAddresses({
  addressPrefix,
  dataCenters,
}: Pick<CassandraEngineOptions, 'addressPrefix' | 'dataCenters'>): string[] {
  return dataCenters.map((_, index) => `${addressPrefix}${index + 1}`);
}

function accepts(address: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, address);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
