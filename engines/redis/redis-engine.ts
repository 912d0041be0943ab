import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Engine, EngineNode } from '#engines/engine.ts';
import { type RedisTls, redisConfig } from './redis-config.ts';

const run = promisify(execFile);
/** Each node talks to the others at its port and so much. */
export const BUS_PORT_OFFSET = 10_000;
const COMMAND_MS = 10_000;
const JOIN_MS = 120_000;
const POLL_MS = 100;

export interface RedisEngineOptions {
  readonly folder: string;
  /** The first node's port; the others follow. Each node also takes the port 10,000 above for talking to the others, so below 55,000. */
  readonly basePort: number;
  readonly masters: number;
  /** Of all masters together: 3 gives each of 3 masters one. */
  readonly replicas: number;
  readonly password?: string;
  /** Paths of files. With it the nodes speak TLS only, among themselves too. */
  readonly tls?: RedisTls;
}

export interface RedisEngine extends Engine {
  /** Runs `redis-cli` at a node (the first, unless another's number is given) and gives what it wrote. */
  cli(args: readonly string[], node?: number): Promise<string>;
}

/** A Redis Cluster of processes on this machine: Debian's `redis-server`, small, and without files of data. */
export function redisEngine(options: RedisEngineOptions): RedisEngine {
  const { folder, basePort, masters, replicas, password, tls } = options;
  const ports = Array.from({ length: masters + replicas }, (_, at) => basePort + at);

  async function cli(args: readonly string[], node = 0): Promise<string> {
    const secured = tls === undefined ? [] : ['--tls', '--cacert', tls.ca, '--cert', tls.cert, '--key', tls.key];
    const { stdout } = await run('redis-cli', ['-h', '127.0.0.1', '-p', String(ports[node]), ...secured, ...args], {
      // In the environment, because arguments can be read by everybody on the machine.
      env: { ...process.env, ...(password === undefined ? {} : { REDISCLI_AUTH: password }) },
      timeout: COMMAND_MS,
    });
    return stdout;
  }

  const nodes = ports.map((port, at): EngineNode => {
    const nodeFolder = join(folder, `redis-${at + 1}`);
    return {
      name: `redis-${at + 1}`,
      folder: nodeFolder,
      command: 'redis-server',
      args: ['redis.conf'],
      async prepare() {
        writeFileSync(join(nodeFolder, 'redis.conf'), redisConfig({ port, password, tls }), { mode: 0o600 });
      },
      answers: async () => (await cli(['ping'], at)).trim() === 'PONG',
    };
  });

  async function isWhole(): Promise<boolean> {
    const all = await Promise.all(ports.map((_, at) => cli(['cluster', 'info'], at)));
    return all.every(
      (info) => info.includes('cluster_state:ok') && info.includes(`cluster_known_nodes:${ports.length}`),
    );
  }

  /** Whether each replica follows its master: without that none can take over. */
  async function follows(): Promise<boolean> {
    const all = await Promise.all(ports.map((_, at) => cli(['info', 'replication'], at)));
    const following = all.filter((info) => info.includes('role:slave') && info.includes('master_link_status:up'));
    return following.length === replicas;
  }

  return {
    name: 'redis',
    nodes,
    cli,
    async join() {
      const known = /cluster_known_nodes:(\d+)/.exec(await cli(['cluster', 'info']))?.[1];
      if (known === '1') {
        const addresses = ports.map((port) => `127.0.0.1:${port}`);
        const each = String(Math.floor(replicas / masters));
        await cli(['--cluster', 'create', ...addresses, '--cluster-replicas', each, '--cluster-yes']);
      }
      const deadline = performance.now() + JOIN_MS;
      while (!((await isWhole()) && (await follows()))) {
        if (performance.now() > deadline) throw new Error(`The nodes of Redis do not join: see the logs in ${folder}.`);
        await pause(POLL_MS);
      }
    },
  };
}
