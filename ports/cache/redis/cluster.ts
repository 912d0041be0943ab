import { createClient, createCluster, defineScript } from 'redis';
import type { RedisAddress, TlsFiles } from './address.ts';

const CONNECT_MS = 2_000;
/** A connection on which nothing comes for so long is closed. Those in use are asked each second. */
const SILENT_MS = 5_000;
const RECONNECT_MS = 250;

/** One step on one key: the expiry is set by whoever starts the counter, and no caller can come between. */
const increment = defineScript({
  SCRIPT: `
    local value = redis.call('INCRBY', KEYS[1], ARGV[1])
    local left = redis.call('PTTL', KEYS[1])
    if left < 0 then
      redis.call('PEXPIRE', KEYS[1], ARGV[2])
      left = tonumber(ARGV[2])
    end
    return { value, left }`,
  NUMBER_OF_KEYS: 1,
  IS_READ_ONLY: false,
  parseCommand(parser, key: string, by: number, ttlMs: number) {
    parser.pushKey(key);
    parser.push(String(by), String(ttlMs));
  },
  transformReply: (reply: unknown) => reply as [value: number, ttlMs: number],
});

/** How to reach any node: user, password and TLS are the same at all. */
function connectionOptions({ username, password, encrypted }: RedisAddress, tls: TlsFiles) {
  return {
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    // What cannot be sent now fails now: a cache that is waited for is no cache.
    disableOfflineQueue: true,
    maintNotifications: 'disabled',
    socket: {
      connectTimeout: CONNECT_MS,
      socketTimeout: SILENT_MS,
      ...(encrypted ? { tls: true as const, ...tls, minVersion: 'TLSv1.2' as const } : {}),
    },
  } as const;
}

export interface NodeAddress {
  readonly host: string;
  readonly port: number;
}

/** A client of the whole cluster, not connected yet. Connections to nodes are made when they are needed. */
export function newCluster(address: RedisAddress, tls: TlsFiles, roots: readonly NodeAddress[]) {
  const options = connectionOptions(address, tls);
  return createCluster({
    rootNodes: roots.map((node) => ({ socket: { ...node } })),
    defaults: { ...options, socket: { ...options.socket, reconnectStrategy: () => RECONNECT_MS } },
    minimizeConnections: true,
    topologyRefreshOnReconnectionAttemptStrategy: RECONNECT_MS,
    scripts: { increment },
  });
}

/** A client of one node, not connected yet, that ends when its connection does. */
export function newNodeClient(address: RedisAddress, tls: TlsFiles, node: NodeAddress) {
  const options = connectionOptions(address, tls);
  return createClient({ ...options, socket: { ...options.socket, ...node, reconnectStrategy: false } });
}

export type Cluster = ReturnType<typeof newCluster>;
export type NodeClient = ReturnType<typeof newNodeClient>;
