import { Command } from 'commander';
import { systemClock } from '#platform/clock/system-clock.ts';
import { loadConfig } from '#platform/config/config.ts';
import { randomToken, systemRandom } from '#platform/random/random.ts';
import { progressBar } from '../plaza/operator/progress.ts';
import { Chance } from './chance.ts';
import type { Fault } from './faults/fault.ts';
import { everyFault, LONG, SHORT, someFaults } from './faults/plan.ts';
import { openCluster } from './open-cluster.ts';
import { reportLines, sufferedLine } from './report.ts';
import { runChaos } from './run.ts';

interface Options {
  readonly short?: boolean;
  readonly list?: boolean;
  readonly seed?: number;
  readonly only?: readonly string[];
}

/** `npm run chaos`: breaks a running cluster part by part while people use it, and tells whether anything was lost. */
async function main(): Promise<void> {
  const options = new Command('chaos')
    .description(
      'Breaks a cluster part by part while 16 clients use it: the running one, or one that it starts and stops. Exits with 1 when anything acknowledged was lost.',
    )
    .option('--short', 'some faults of each kind, for a shorter time')
    .option('--only <words...>', 'only faults whose name holds one of these words: "kill post" pause')
    .option('--seed <number>', 'do again what another run did', Number)
    .option('--list', 'list the faults, and start nothing but the cluster')
    .parse()
    .opts<Options>();
  const seed = options.seed ?? systemRandom.bytes(4).readUInt32LE();
  const bar = progressBar();
  process.stdout.write(`seed ${seed}\n`);
  const opened = await openCluster(loadConfig({ env: process.env }), systemRandom, (what, done, total) =>
    bar.report(`Starting ${what}`, done, total),
  );
  let keepFolder = true;
  try {
    const faults = chosen(options, new Chance(seed), opened.cluster);
    if (options.list) {
      keepFolder = false;
      for (const { name } of faults) process.stdout.write(`${name}\n`);
      return;
    }
    const tag = randomToken(systemRandom, 6)
      .toLowerCase()
      .replace(/[^a-z0-9]/g, '0');
    const { cluster } = opened;
    const report = await runChaos({
      ...{ cluster, faults, seed, tag, clock: systemClock, report: bar.report },
      signal: interrupted(),
      suffered(result) {
        bar.stop();
        process.stderr.write(`${sufferedLine(result)}\n`);
      },
    });
    bar.stop();
    for (const line of reportLines(report, seed)) process.stdout.write(`${line}\n`);
    keepFolder = report.findings.all.length > 0;
    if (keepFolder) process.exitCode = 1;
  } finally {
    bar.stop();
    if (keepFolder) process.stdout.write(`Logs of every process: ${opened.cluster.layout.folder}\n`);
    await opened.close(keepFolder, (what, done, total) => bar.report(`Stopping ${what}`, done, total));
    bar.stop();
  }
}

/** Nothing stays broken when somebody presses Ctrl-C. */
function interrupted(): AbortSignal {
  const abort = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => abort.abort(new Error('interrupted; what was broken is mended')));
  }
  return abort.signal;
}

function chosen({ short, only }: Options, chance: Chance, cluster: Parameters<typeof everyFault>[0]): Fault[] {
  if (only === undefined) return short ? someFaults(cluster, chance, SHORT) : everyFault(cluster, chance, LONG);
  const faults = everyFault(cluster, chance, short ? SHORT : LONG);
  const fitting = faults.filter(({ name }) => only.some((word) => name.includes(word)));
  if (fitting.length === 0) throw new Error(`No fault's name holds ${only.join(' or ')}: see --list.`);
  return fitting;
}

// Waits on the clock keep no program alive, and now and then there is nothing else to do.
const awake = setInterval(() => {}, 60_000);
main()
  .catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  })
  .finally(() => clearInterval(awake));
