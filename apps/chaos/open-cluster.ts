import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freeBasePort } from '#engines/free-base-port.ts';
import { BUS_PORT_OFFSET } from '#engines/redis/redis-engine.ts';
import type { Config } from '#platform/config/config.ts';
import { freePort } from '#platform/lifecycle/free-port.ts';
import { type Random, randomToken } from '#platform/random/random.ts';
import { Cluster, type Progress } from '../cluster/cluster.ts';
import { PORTS } from '../cluster/layout.ts';

export interface OpenedCluster {
  readonly cluster: Cluster;
  /** Leaves everything as it was found. A cluster that was started for this run is stopped, and its folder goes unless it is to be looked at. */
  close(keepFolder: boolean, progress: Progress): Promise<void>;
}

/** A process that is started again counts no requests either. */
const EXTRA = { PLAZA_RATE_LIMITS: 'off' };

/**
 * The cluster of these settings if it runs, else one of three nodes each in a folder and at ports of its own.
 * @throws Error when the cluster runs in part only
 */
export async function openCluster(config: Config, random: Random, progress: Progress): Promise<OpenedCluster> {
  const found = new Cluster(config, random, EXTRA);
  const states = (await found.status()).map(({ state }) => state);
  const stopped = states.filter((state) => state === 'stopped').length;
  if (stopped > 0 && stopped < states.length) {
    throw new Error('The cluster runs in part only: see `npm run cluster -- --status`, start all of it or stop it.');
  }
  if (stopped === 0) {
    // What is busy is waited for; nothing is left to be started.
    await found.start(progress);
    return { cluster: found, close: async () => {} };
  }
  const port = await freePort('127.0.0.1');
  const folder = join(tmpdir(), `plaza-chaos-${randomToken(random, 6).replace(/[^A-Za-z0-9]/g, '0')}`);
  const cluster = new Cluster(
    {
      ...config,
      clusterFolder: folder,
      clusterBasePort: await freeBasePort(PORTS, BUS_PORT_OFFSET),
      clusterNodes: 3,
      port,
      origin: `http://localhost:${port}`,
    },
    random,
    EXTRA,
  );
  const close: OpenedCluster['close'] = async (keepFolder, report) => {
    await cluster.stop(report);
    if (!keepFolder) rmSync(folder, { recursive: true, force: true });
  };
  try {
    await cluster.start(progress);
  } catch (error) {
    await close(true, progress);
    throw error;
  }
  return { cluster, close };
}
