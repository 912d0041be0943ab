import { signalNode, startNode } from '#engines/node-process.ts';
import type { RedisEngine } from '#engines/redis/redis-engine.ts';
import type { Fault } from './fault.ts';

/** Masters change with every failover, so whom it hits is found when it strikes. Without replicas, a part of the cache is away meanwhile. */
export function killRedisMaster(redis: RedisEngine, holdMs: number): Fault {
  let victim = redis.nodes[0]!;
  return {
    name: 'kill a Redis master',
    holdMs,
    async strike() {
      const roles = await Promise.all(redis.nodes.map((_, at) => redis.cli(['role'], at)));
      victim = redis.nodes[roles.findIndex((role) => role.startsWith('master'))] ?? victim;
      signalNode(victim, 'SIGKILL');
    },
    async mend() {
      await startNode(victim);
      await redis.join?.();
    },
  };
}
