import type { Engine } from '#engines/engine.ts';
import type { RedisEngine } from '#engines/redis/redis-engine.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import type { Chance } from '../chance.ts';
import { cut } from './cut.ts';
import type { Fault } from './fault.ts';
import { kill, pause, stop, type Victim } from './processes.ts';
import { killRedisMaster } from './redis-master.ts';

/** How long things stay broken. */
export interface Holds {
  readonly killMs: number;
  readonly pauseMs: number;
  readonly outageMs: number;
  readonly cutMs: number;
}

export const LONG: Holds = { killMs: 5_000, pauseMs: 10_000, outageMs: 60_000, cutMs: 10_000 };
export const SHORT: Holds = { killMs: 2_000, pauseMs: 5_000, outageMs: 15_000, cutMs: 5_000 };

/** Everything that can break in this cluster, one after the other. */
export function everyFault(cluster: Cluster, chance: Chance, holds: Holds): Fault[] {
  const { services, gateways } = victimsOf(cluster);
  const engine = (name: string) => cluster.engines.find((each) => each.name === name)!;
  const one = (name: string): Victim => victim(engine(name), chance.pick(engine(name).nodes)!.name);
  const kafka = engine('kafka');
  const processes = [...services, ...gateways];
  const ofEngines = [
    one('kafka'),
    one('cassandra'),
    victim(engine('postgres'), 'replica-1'),
    victim(engine('postgres'), 'primary'),
    one('s3'),
  ];
  const redis = engine('redis') as RedisEngine;
  return [
    ...[...processes, ...ofEngines].map((each) => kill([each], nameOf(each), holds.killMs)),
    killRedisMaster(redis, holds.killMs),
    ...[...processes, ...ofEngines, one('redis')].map((each) => pause(each, nameOf(each), holds.pauseMs)),
    {
      ...stop(
        kafka.nodes.map((node) => ({ node, engine: kafka })),
        'all of Kafka',
        holds.outageMs,
      ),
      withoutEvents: true,
    },
    cut(cluster, 'feed', 'post', holds.cutMs),
    cut(cluster, 'gateway-1', 'user', holds.cutMs),
  ];
}

/** Some of each kind, as the dice say: what a build has time for. */
export function someFaults(cluster: Cluster, chance: Chance, holds: Holds): Fault[] {
  const all = everyFault(cluster, chance, holds);
  const { services, gateways } = victimsOf(cluster);
  const service = nameOf(chance.pick(services)!);
  const paused = nameOf(chance.pick(services)!);
  const gateway = nameOf(chance.pick(gateways)!);
  const wanted = [
    ...[`kill ${service}`, `kill ${gateway}`, 'kill kafka', 'kill cassandra', 'kill postgres primary'],
    ...['kill a Redis master', 'kill s3', `pause ${paused}`, 'pause postgres replica', 'stop', 'cut feed'],
  ];
  return wanted.map((start) => all.find(({ name }) => name.startsWith(start))!);
}

function victimsOf(cluster: Cluster): { readonly services: Victim[]; readonly gateways: Victim[] } {
  return {
    services: cluster.services.map((node) => ({ node })),
    gateways: cluster.gateways.map((node) => ({ node })),
  };
}

function victim(engine: Engine, name: string): Victim {
  return { engine, node: engine.nodes.find((node) => node.name === name)! };
}

function nameOf({ node, engine }: Victim): string {
  return engine === undefined || engine.name === node.name ? node.name : `${engine.name} ${node.name}`;
}
