import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import { progressBar } from '#apps/plaza/operator/progress.ts';
import { type Community, community } from './data/generate.ts';
import { SIZES, type SizeName } from './data/sizes.ts';
import { measureBare } from './measures/bare.ts';
import { type Costed, loadServer, type Measured } from './measures/context.ts';
import { measureFanOut } from './measures/fan-out.ts';
import { everyReader, home, mix, newPost } from './measures/requests.ts';
import { goal, LOAD_HEAD, loadRows, printTable } from './report.ts';
import { startServer } from './server/process.ts';

const PLAZA = new URL('./server/plaza-child.ts', import.meta.url).pathname;
const CONNECTIONS = 16;
const OPEN_LOOP_SHARE = 0.5;

interface Options {
  readonly size: SizeName;
  readonly seconds: number;
  readonly folder: string;
}

async function run({ size, seconds, folder }: Options): Promise<void> {
  const bar = progressBar();
  const data = await community(resolve(folder), size, bar.report);
  bar.stop();
  const { people, posts, follows } = SIZES[size];
  console.log(
    `Size ${size}: ${people} people, ${posts} posts, ${follows} follows. ${CONNECTIONS} connections, ${seconds} s each.\n`,
  );

  const server = await startServer(PLAZA, [], {
    PLAZA_DATA: resolve(data.folder, 'data'),
    PLAZA_PORT: '0',
    PLAZA_RATE_LIMITS: 'off',
    PLAZA_METRICS_PORT: 'off',
    PLAZA_LOG_LEVEL: 'error',
  });
  const idleMib = server.residentBytes() / 1024 ** 2;
  const goals = [
    goal('ready on existing data, s', server.readyMs / 1_000, '≤ 3', server.readyMs <= 3_000),
    goal('idle memory, MiB', idleMib, '< 200', idleMib < 200),
  ];
  try {
    goals.push(...(await loads({ server, community: data, seconds })));
  } finally {
    await server.stop();
  }
  const fanOut = await measureFanOut(data, bar.report);
  bar.stop();
  console.log(
    `\nFan-out: ${fanOut.deliveries} deliveries in ${fanOut.seconds.toFixed(2)} s, ${fanOut.cpuUsEach.toFixed(1)} µs of CPU each`,
  );
  goals.push(goal('deliveries a second', fanOut.perSecond, '≥ 50,000 at M', fanOut.perSecond >= 50_000));
  console.log();
  printTable(['goal', 'measured', 'wanted', ''], goals);
}

async function loads(measured: Measured): Promise<string[][]> {
  const { server, community: data, seconds } = measured;
  const load = { connections: CONNECTIONS, seconds };
  const homes = everyReader(data, home);
  await loadServer(server, { ...homes, connections: CONNECTIONS, seconds: 2 });
  const bare = await measureBare(await oneHome(server.address, data), CONNECTIONS, seconds);
  const read = await loadServer(server, { ...homes, ...load });
  // The least followed of the readers: what a post costs before it is delivered.
  const posts = await loadServer(server, { ...everyReader(data, newPost), ...load });
  const mixed = await loadServer(server, { ...mix(data), ...load });
  const rate = Math.floor(mixed.perSecond * OPEN_LOOP_SHARE);
  const open = await loadServer(server, { ...mix(data), ...load, connections: CONNECTIONS * 4, ratePerSecond: rate });
  printTable(LOAD_HEAD, [
    ...loadRows('bare node:http, bytes of a home', bare),
    ...loadRows('home', read),
    ...loadRows('post, with its delivery', posts),
    ...loadRows('mix, closed loop', mixed),
    ...loadRows(`mix, open loop at ${rate}/s`, open),
  ]);
  return goalsOf(bare, read, posts);
}

function goalsOf(bare: Costed, read: Costed, posts: Costed): string[][] {
  const ratio = read.perSecond / bare.perSecond;
  const spread = read.all.p99 / read.all.p50;
  return [
    goal('home, share of the bare server', ratio, '≥ 0.3', ratio >= 0.3),
    goal('home, p99 over p50', spread, '< 10', spread < 10),
    goal('posts a second from 16 callers', posts.perSecond, '≥ 1,000', posts.perSecond >= 1_000),
    goal('CPU of a post with its delivery, ms', posts.cpuMsEach, '< 1', posts.cpuMsEach < 1),
  ];
}

async function oneHome(address: URL, { tokens }: Community): Promise<string> {
  const response = await fetch(new URL('/api/v1/timelines/home', address), {
    headers: { authorization: `Bearer ${tokens[0]}` },
  });
  return await response.text();
}

await new Command('bench')
  .description('Measures Plaza on this machine, beside a bare node:http server that sends the same bytes.')
  .addOption(new Option('--size <size>', 'how much data').choices(Object.keys(SIZES)).default('S'))
  .option('--seconds <number>', 'how long each load lasts', Number, 8)
  .option('--folder <folder>', 'where generated data is kept', 'bench/communities')
  .action(run)
  .parseAsync();
