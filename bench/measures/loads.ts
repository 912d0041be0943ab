import type { Community } from '../data/generate.ts';
import { summarize } from '../profile.ts';
import { goal, LOAD_HEAD, loadRows, printProcesses, printProfile, printTable } from '../report.ts';
import type { ServerProcess } from '../server/process.ts';
import { measureBare } from './bare.ts';
import { type Costed, loadServer, type Measured } from './context.ts';
import { answersFrom, sharePercent } from './memory.ts';
import { everyReader, home, homesAnew, mix, newPost } from './requests.ts';

export const CONNECTIONS = 16;
const WARM_UP_SECONDS = 4;
const OPEN_LOOP_SHARE = 0.5;

/** Loads a running server in every way, prints what it did, and gives the goals. */
export async function measureLoads(measured: Measured): Promise<string[][]> {
  const { server, community: data, seconds } = measured;
  const load = { connections: CONNECTIONS, seconds };
  const homes = everyReader(data, home);
  await loadServer(server, { ...homes, ...load, seconds: WARM_UP_SECONDS });
  const bare = await measureBare(await oneHome(server.address, data), CONNECTIONS, seconds);
  const first = await answersFrom(server);
  const read = await loadServer(server, { ...homes, ...load });
  const second = await answersFrom(server);
  const anew = await loadServer(server, { ...homesAnew(data), ...load });
  const posts = await loadServer(server, { ...everyReader(data, newPost), ...load });
  const alone = { requests: [newPost(await leastFollowed(server.address, data))], order: [0] };
  const undelivered = await loadServer(server, { ...alone, ...load });
  const third = await answersFrom(server);
  const mixed = await loadServer(server, { ...mix(data), ...load });
  const fourth = await answersFrom(server);
  const rate = Math.floor(mixed.perSecond * OPEN_LOOP_SHARE);
  const open = await loadServer(server, { ...mix(data), ...load, connections: CONNECTIONS * 4, ratePerSecond: rate });
  printTable(LOAD_HEAD, [
    ...loadRows('bare node:http, bytes of a home', bare),
    ...loadRows('home', read),
    ...loadRows('home, none from memory', anew),
    ...loadRows('post, with its delivery', posts),
    ...loadRows('post of the least followed', undelivered),
    ...loadRows('mix, closed loop', mixed),
    ...loadRows(`mix, open loop at ${rate}/s`, open),
  ]);
  printProcesses({ home: read, post: posts, 'least followed': undelivered, 'mix, closed': mixed, 'mix, open': open });
  console.log(
    `\nFrom memory: ${sharePercent(first, second)} of the homes, ${sharePercent(third, fourth)} of the timelines in the mix.`,
  );
  return goalsOf(bare, read, posts, undelivered);
}

/** Where the main thread spends its time on a home and on a post. `file` is where the server writes its profiles. */
export async function profileLoads(
  { server, community: data, seconds }: Measured & { readonly server: ServerProcess },
  file: string,
): Promise<void> {
  for (const [name, make] of [
    ['home', home],
    ['post, with its delivery', newPost],
  ] as const) {
    const load = { ...everyReader(data, make), connections: CONNECTIONS };
    await loadServer(server, { ...load, seconds: WARM_UP_SECONDS });
    const { requests } = await server.profiled(() => loadServer(server, { ...load, seconds }));
    printProfile(name, summarize(file, requests));
  }
}

function goalsOf(bare: Costed, read: Costed, posts: Costed, undelivered: Costed): string[][] {
  const ratio = read.perSecond / bare.perSecond;
  const spread = read.all.p99 / read.all.p50;
  return [
    goal('home, share of the answers of the bare server', ratio, '≥ 0.3', ratio >= 0.3),
    goal('home, p99 over p50', spread, '< 10', spread < 10),
    goal('posts a second from 16 callers', posts.perSecond, '≥ 1,000', posts.perSecond >= 1_000),
    goal('CPU of a post before its delivery, ms', undelivered.cpuMsEach, '< 1', undelivered.cpuMsEach < 1),
  ];
}

async function oneHome(address: URL, { tokens }: Community): Promise<string> {
  return (await ask(address, '/api/v1/timelines/home', tokens[0]!)).text();
}

/** Whose post costs next to no delivery. */
async function leastFollowed(address: URL, { tokens }: Community): Promise<string> {
  let least = { token: tokens[0]!, followers: Number.POSITIVE_INFINITY };
  for (const token of tokens) {
    const account = await (await ask(address, '/api/v1/accounts/verify_credentials', token)).json();
    const followers = (account as { followers_count: number }).followers_count;
    if (followers < least.followers) least = { token, followers };
  }
  return least.token;
}

function ask(address: URL, path: string, token: string): Promise<Response> {
  return fetch(new URL(path, address), { headers: { authorization: `Bearer ${token}` } });
}
