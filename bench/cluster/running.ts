import { join } from 'node:path';
import { Cluster, type Progress } from '#apps/cluster/cluster.ts';
import { openRemote, type Remote } from '#apps/plaza/operator/open-remote.ts';
import { loadConfig } from '#platform/config/config.ts';
import { systemRandom } from '#platform/random/random.ts';
import type { Loaded } from '../measures/context.ts';
import { cpuMsByName } from './cpu.ts';

/** Apart from the cluster that a developer has running. */
const BASE_PORT = '22000';
const PORT = '3928';

/** What the processes of Plaza are told as the embedded program is. Without limits on loopback only, which the settings see to. */
const TOLD = { PLAZA_RATE_LIMITS: 'off', PLAZA_LOG_LEVEL: 'error' };

/** A cluster that runs, with what the bench asks of it. */
export interface RunningCluster extends Loaded {
  readonly cluster: Cluster;
  /** Calls to its services, past the gateways. */
  readonly remote: Remote;
  /** By the names that {@link cpuMsByProcess} gives. */
  readonly pids: ReadonlyMap<string, number>;
  cpuMsByProcess(): ReadonlyMap<string, number>;
  /** Ends the calls; the cluster goes on. */
  close(): Promise<void>;
}

/** Starts what does not run yet of the bench's own cluster, below `root` and at ports of its own; `PLAZA_CLUSTER_…` and `PLAZA_PORT` say otherwise. */
export async function startCluster(root: string, progress: Progress): Promise<RunningCluster> {
  const env = {
    PLAZA_CLUSTER_FOLDER: join(root, 'cluster'),
    PLAZA_CLUSTER_BASE_PORT: BASE_PORT,
    PLAZA_PORT: PORT,
    ...process.env,
    ...TOLD,
  };
  const cluster = new Cluster(loadConfig({ env }), systemRandom, TOLD);
  await cluster.start(progress);
  const nodes = await cluster.status();
  const pids = new Map(nodes.map(({ part, name, pid }) => [part === 'plaza' ? name : `${part} ${name}`, pid!]));
  const plaza = nodes.filter(({ part }) => part === 'plaza').map(({ name }) => name);
  const remote = openRemote(loadConfig({ env: cluster.settings }));
  const cpuMsByProcess = () => cpuMsByName(pids);
  return {
    cluster,
    remote,
    pids,
    address: new URL(`http://127.0.0.1:${cluster.layout.port}`),
    cpuMsByProcess,
    cpuMs() {
      const byProcess = cpuMsByProcess();
      return plaza.reduce((sum, name) => sum + byProcess.get(name)!, 0);
    },
    close: () => remote.close(),
  };
}
