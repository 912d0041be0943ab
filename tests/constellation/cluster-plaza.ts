import assert from 'node:assert/strict';
import type { Cluster } from '#apps/cluster/cluster.ts';
import { openRemote } from '#apps/plaza/operator/open-remote.ts';
import type { Plaza } from '#apps/plaza/plaza.ts';
import { SERVER_TWINS } from '#apps/plaza/ports/servers.ts';
import { systemClock } from '#platform/clock/system-clock.ts';
import { loadConfig } from '#platform/config/config.ts';
import { noFaults } from '#platform/faults/faults.ts';
import { systemRandom } from '#platform/random/random.ts';
import { createLog } from '#platform/telemetry/log.ts';
import { createMetrics } from '#platform/telemetry/metrics.ts';
import type { Relational } from '#ports/relational/port.ts';
import { emptyStores, testCluster } from './test-cluster.ts';

/** The cluster, and its relational store. */
export interface ClusterPlaza extends Plaza {
  readonly relational: Relational;
}

type Environment = Readonly<Record<string, string>>;

/** Those who use the cluster in this process: tests of one file share it, each with people of their own names. */
let users = 0;
let current: { readonly cluster: Cluster; readonly extra: Environment } | undefined;
/** Starts and stops follow one another. */
let latest: Promise<unknown> = Promise.resolve();

/**
 * The cluster of this run as a test of the whole sees it: empty when the first test of a file asks for it, stopped when the last one has left, and started again with all its
 * data when somebody comes back.
 */
export async function startClusterPlaza(extra: Environment): Promise<ClusterPlaza> {
  users++;
  const cluster = await inTurn(async () => {
    if (current === undefined) {
      const cluster = testCluster(process.env, extra);
      await cluster.stopServices(() => {});
      await emptyStores(cluster);
      current = { cluster, extra };
    }
    assert.deepEqual(extra, current.extra, 'tests with other settings of processes belong into another file');
    await current.cluster.startServices(() => {});
    return current.cluster;
  });
  const { layout, settings } = cluster;
  const config = loadConfig({ env: settings });
  const remote = openRemote(config);
  const tools = { clock: systemClock, random: systemRandom, log: createLog('error'), metrics: createMetrics() };
  const relational = await SERVER_TWINS.relational({ config, ...tools, faults: noFaults });
  return {
    address: `http://127.0.0.1:${layout.port}`,
    origin: layout.origin,
    metricsAddress: undefined,
    operator: remote.operator,
    services: remote.services,
    relational,
    failed: new Promise(() => {}),
    drain: () => remote.operator.drain(),
    async stop() {
      await relational.close();
      await remote.close();
      users--;
      await inTurn(async () => {
        if (users === 0) await cluster.stopServices(() => {});
      });
    },
  };
}

function inTurn<T>(act: () => Promise<T>): Promise<T> {
  const turn = latest.then(act);
  latest = turn.catch(() => {});
  return turn;
}
