import type { Clock } from '#platform/clock/clock.ts';
import { standForElection } from '#platform/leadership/leadership.ts';
import type { Random } from '#platform/random/random.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import type { Relational } from '#ports/relational/port.ts';

/** Which shards of an outbox this process may publish now. */
export interface ShardLeases {
  /** Cheap; ask again before each step. */
  owns(shard: number): boolean;
  stop(): Promise<void>;
}

/** For a process that has its data to itself. */
export const everyShard: ShardLeases = { owns: () => true, stop: async () => {} };

export interface ShardLeaseOptions {
  readonly relational: Relational;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  readonly service: string;
  readonly shards: number;
  /** Called whenever this process begins to own a shard. */
  readonly gained: (shard: number) => void;
}

/** Leases of the relational store, one for each shard, so that no two processes publish one: what either publishes would overtake the other's. */
export async function leaseShards(options: ShardLeaseOptions): Promise<ShardLeases> {
  const { service, shards, gained } = options;
  const leaderships = await Promise.all(
    Array.from({ length: shards }, (_, shard) =>
      standForElection({ ...options, name: `relay.${service}.${shard}`, gained: () => gained(shard) }),
    ),
  );
  return {
    owns: (shard) => leaderships[shard]!.leads(),
    async stop() {
      await Promise.all(leaderships.map((leadership) => leadership.stop()));
    },
  };
}
