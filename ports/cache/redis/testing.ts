import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freeBasePort } from '#engines/free-base-port.ts';
import { startNode, stopNode } from '#engines/node-process.ts';
import {
  BUS_PORT_OFFSET,
  type RedisEngine,
  type RedisEngineOptions,
  redisEngine,
} from '#engines/redis/redis-engine.ts';

export interface TestRedis {
  readonly engine: RedisEngine;
  readonly basePort: number;
  /** Runs at every node that is a master now. */
  onMasters(args: readonly string[]): Promise<string[]>;
  /** The number of the node that serves a slot now. */
  masterOf(slot: number): Promise<number>;
  /** As if so much time had passed: takes it from the time that every entry has left. */
  pass(ms: number): Promise<void>;
  stop(): Promise<void>;
}

const PASS = `
  local keys = redis.call('KEYS', '*')
  for _, key in ipairs(keys) do
    local left = redis.call('PTTL', key)
    if left >= 0 then redis.call('PEXPIRE', key, left - ARGV[1]) end
  end`;

/** A Redis Cluster of its own for a file of tests, on ports that nobody uses. */
export async function startTestRedis(options: Omit<RedisEngineOptions, 'folder' | 'basePort'>): Promise<TestRedis> {
  const folder = mkdtempSync(join(tmpdir(), 'plaza-redis-'));
  const basePort = await freeBasePort(options.masters + options.replicas, BUS_PORT_OFFSET);
  const engine = redisEngine({ ...options, folder, basePort });
  const stop = async () => {
    await Promise.all(engine.nodes.map(stopNode));
    rmSync(folder, { recursive: true });
  };
  try {
    await Promise.all(engine.nodes.map(startNode));
    await engine.join!();
  } catch (error) {
    await stop();
    throw error;
  }
  const masters = async () => {
    const roles = await Promise.all(
      engine.nodes.map((_, at) => engine.cli(['role'], at).then((text) => text.startsWith('master'))),
    );
    return engine.nodes.map((_, at) => at).filter((at) => roles[at]);
  };
  const onMasters = async (args: readonly string[]) => Promise.all((await masters()).map((at) => engine.cli(args, at)));
  return {
    engine,
    basePort,
    onMasters,
    async masterOf(slot) {
      const nodes = await engine.cli(['cluster', 'nodes']);
      for (const line of nodes.split('\n')) {
        const [, address = '', flags = '', , , , , , ...ranges] = line.split(' ');
        const serves = ranges.some((range) => {
          const [from, to = from] = range.split('-').map(Number);
          return slot >= from! && slot <= to!;
        });
        if (flags.includes('master') && serves) return Number(/:(\d+)@/.exec(address)![1]) - basePort;
      }
      throw new Error(`Nobody serves slot ${slot}:\n${nodes}`);
    },
    async pass(ms) {
      await onMasters(['eval', PASS, '0', String(ms)]);
    },
    stop,
  };
}
