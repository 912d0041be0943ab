import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Argument, Command, Option } from 'commander';
import { progressBar } from '#apps/plaza/operator/progress.ts';
import { freePort } from '#platform/lifecycle/free-port.ts';
import { benchCluster } from './cluster/main.ts';
import { celebrity, FOLLOWERS } from './data/celebrity.ts';
import { type Community, community, type Report } from './data/generate.ts';
import { SIZES, type SizeName } from './data/sizes.ts';
import { measureCelebrity } from './measures/celebrity.ts';
import { measureFanOut } from './measures/fan-out.ts';
import { CONNECTIONS, measureLoads, profileLoads } from './measures/loads.ts';
import { goal, printTable } from './report.ts';
import { type ServerProcess, startServer } from './server/process.ts';
import { benchWeb } from './web/main.ts';

const PLAZA = new URL('./server/plaza-child.ts', import.meta.url).pathname;
const PARTS = ['loads', 'fan-out', 'celebrity', 'many-readers'] as const;
/** Others read at this rate while a celebrity posts: what a busy machine bears without queues, so that what is seen is the post. */
const READS_PER_SECOND = 200;

interface Options {
  readonly size: SizeName;
  readonly seconds: number;
  readonly folder: string;
  readonly only?: (typeof PARTS)[number];
  readonly profile?: boolean;
  readonly keep?: boolean;
}

const TARGETS = ['embedded', 'cluster', 'web'] as const;

type Goals = readonly string[][];

async function run(target: (typeof TARGETS)[number], options: Options): Promise<void> {
  if (target === 'web') return await benchWeb();
  const elsewhere = target === 'cluster' ? 'celebrity' : 'many-readers';
  if (options.only === elsewhere)
    throw new Error(`--only ${elsewhere} is not a part of the bench of ${target}; take another part.`);
  if (target === 'cluster') return await benchCluster(options);
  const { size, seconds, only, profile } = options;
  const root = resolve(options.folder);
  const bar = progressBar();
  const data = await community(root, size, bar.report);
  bar.stop();
  const { people, posts, follows } = SIZES[size];
  console.log(
    `Size ${size}: ${people} people, ${posts} posts, ${follows} follows. ${CONNECTIONS} connections, ${seconds} s each.\n`,
  );
  if (profile) return await profiled(data, seconds);
  const goals: string[][] = [];
  if (only === undefined || only === 'loads') goals.push(...(await loads(data, seconds)));
  if (only === undefined || only === 'fan-out') goals.push(...(await fanOut(data, bar.report)));
  if (only === 'celebrity') {
    const famous = await celebrity(root, data, bar.report);
    bar.stop();
    goals.push(...(await celebrityPosts(famous, seconds)));
  }
  bar.stop();
  console.log();
  printTable(['goal', 'measured', 'wanted', ''], goals);
}

async function loads(data: Community, seconds: number): Promise<Goals> {
  // Whoever has started once has compiled modules; what is measured is any start but the first.
  await (await startPlaza(data)).stop();
  const server = await startPlaza(data);
  try {
    const idleMib = server.residentBytes() / 1024 ** 2;
    return [
      goal('ready on existing data, s', server.readyMs / 1_000, '≤ 3', server.readyMs <= 3_000),
      goal('idle memory, MiB', idleMib, '< 200', idleMib < 200),
      ...(await measureLoads({ server, community: data, seconds })),
    ];
  } finally {
    await server.stop();
  }
}

async function fanOut(data: Community, report: Report): Promise<Goals> {
  const result = await measureFanOut(data, report);
  const { deliveries, seconds, perSecond, cpuUsEach, quietPostP99Ms, busyPostP99Ms } = result;
  console.log(
    `\nFan-out: ${deliveries} deliveries in ${seconds.toFixed(2)} s, ${cpuUsEach.toFixed(1)} µs of CPU each. ` +
      `Meanwhile a post takes ${busyPostP99Ms.toFixed(1)} ms (p99), without it ${quietPostP99Ms.toFixed(1)} ms.`,
  );
  const growth = busyPostP99Ms / quietPostP99Ms;
  return [
    goal('deliveries a second', perSecond, '≥ 50,000 at M', perSecond >= 50_000),
    goal('p99 of a post during a fan-out, times that without', growth, '≤ 2', growth <= 2),
  ];
}

async function celebrityPosts(data: Community, seconds: number): Promise<Goals> {
  const server = await startPlaza(data);
  try {
    const { back, anew } = await measureCelebrity(server, data, READS_PER_SECOND, seconds);
    const kinds = { 'who comes back': back, 'made anew': anew };
    return Object.entries(kinds).map(([kind, { beforeP99Ms, duringP99Ms }]) => {
      console.log(
        `Home at ${READS_PER_SECOND}/s, ${kind}, p99: ${beforeP99Ms.toFixed(2)} ms, and ${duringP99Ms.toFixed(2)} ms while somebody with ${FOLLOWERS} followers posts.`,
      );
      const growth = duringP99Ms / beforeP99Ms;
      const name = `p99 of others (${kind}) during a celebrity’s post, times that before`;
      return goal(name, growth, '≤ 1.2', growth <= 1.2);
    });
  } finally {
    await server.stop();
  }
}

async function profiled(data: Community, seconds: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'plaza-profile-'));
  const file = join(folder, 'plaza.cpuprofile');
  const server = await startPlaza(data, { BENCH_PROFILE: file });
  try {
    await profileLoads({ server, community: data, seconds }, file);
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true });
  }
}

async function startPlaza(data: Community, env: Record<string, string> = {}): Promise<ServerProcess> {
  return startServer(PLAZA, [], {
    PLAZA_DATA: resolve(data.folder, 'data'),
    PLAZA_PORT: '0',
    PLAZA_RATE_LIMITS: 'off',
    PLAZA_METRICS_PORT: String(await freePort('127.0.0.1')),
    PLAZA_LOG_LEVEL: 'error',
    ...env,
  });
}

await new Command('bench')
  .description('Measures Plaza on this machine, beside a bare node:http server that sends the same bytes.')
  .addArgument(
    new Argument('[target]', 'the program alone, a cluster on this machine, or the client in a browser')
      .choices(TARGETS)
      .default('embedded'),
  )
  .addOption(new Option('--size <size>', 'how much data').choices(Object.keys(SIZES)).default('S'))
  .addOption(
    new Option(
      '--only <part>',
      'one part; celebrity (somebody with 100,000 followers) runs only so and embedded only, many-readers on a cluster only',
    ).choices(PARTS),
  )
  .option('--profile', 'show where the main thread spends its time instead of measuring')
  .option('--keep', 'let the cluster run on, for the next bench')
  .option('--seconds <number>', 'how long each load lasts', Number, 8)
  .option('--folder <folder>', 'where generated data is kept', 'bench/communities')
  .action(run)
  .parseAsync();
