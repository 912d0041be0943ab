import { execFileSync } from 'node:child_process';
import { Command } from 'commander';
import { loadConfig } from '#platform/config/config.ts';
import { StartError } from '#platform/lifecycle/start-error.ts';
import { systemRandom } from '#platform/random/random.ts';
import { progressBar } from '../plaza/operator/progress.ts';
import { table } from '../plaza/operator/table.ts';
import { Cluster } from './cluster.ts';

/** `npm run cluster`: everything as processes of their own on this machine, with the real engines. */
async function main(): Promise<void> {
  const options = new Command('cluster')
    .description(
      'Starts Plaza as a cluster on this machine: engines, each service as a process, two gateways, HAProxy.',
    )
    .option('--status', 'show what runs')
    .option('--engines', 'start the engines and nothing else, to restore a backup into them')
    .option('--stop', 'stop everything; the data stays')
    .parse()
    .opts<{ status?: boolean; stop?: boolean; engines?: boolean }>();
  const config = loadConfig({ env: process.env });
  refuseWithoutTools();
  const cluster = new Cluster(config, systemRandom);
  if (options.status) return showStatus(cluster);
  const bar = progressBar();
  const report = (what: string, done: number, total: number) =>
    bar.report(`${options.stop ? 'Stopping' : 'Starting'} ${what}`, done, total);
  try {
    if (options.stop) await cluster.stop(report);
    else await (options.engines ? cluster.startEngines(report) : cluster.start(report));
  } finally {
    bar.stop();
  }
  if (options.stop) return;
  if (options.engines) {
    process.stdout.write(`The engines run. Settings: set -a; . ${cluster.environmentFile}; set +a\n`);
    return;
  }
  await showStatus(cluster);
  process.stdout.write(
    `\n  Open     ${cluster.layout.origin}\n` +
      `  Operate  set -a; . ${cluster.environmentFile}; set +a; npm run plaza -- admin <name>\n` +
      '  Stop     npm run cluster -- --stop\n\n',
  );
}

async function showStatus(cluster: Cluster): Promise<void> {
  const nodes = await cluster.status();
  const rows = nodes.map(({ part, name, state, pid }) => [part, name, state, String(pid ?? '')]);
  console.log(table(['part', 'node', 'state', 'pid'], rows).join('\n'));
  if (nodes.some(({ state }) => state !== 'ready')) process.exitCode = 1;
}

/** Programs that only the system can bring; the engines say themselves what else they lack. */
function refuseWithoutTools(): void {
  const wanted = { haproxy: 'haproxy', 'redis-server': 'redis-server', 'redis-cli': 'redis-tools' };
  for (const [command, debian] of Object.entries(wanted)) {
    try {
      execFileSync(command, ['--version'], { stdio: 'ignore' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') continue;
      throw new StartError(`There is no ${command}: apt-get install ${debian}`);
    }
  }
}

main().catch((error: unknown) => {
  const told = error instanceof Error ? error.message : String(error);
  console.error(told);
  process.exitCode = 1;
});
