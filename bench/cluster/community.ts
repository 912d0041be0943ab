import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Community, populate, type Report } from '../data/generate.ts';
import type { SizeName } from '../data/sizes.ts';
import type { RunningCluster } from './running.ts';

/** More who follow the same few people at once would wait for each other: each follow changes what both are known by, in one transaction. */
const AT_ONCE = 4;

/** A community in a cluster, made by calls to its services at the first run, then found again. A cluster holds one. */
export async function clusterCommunity(running: RunningCluster, size: SizeName, report: Report): Promise<Community> {
  const { folder } = running.cluster.layout;
  const summary = join(folder, `community-${size}.json`);
  if (existsSync(summary)) return JSON.parse(readFileSync(summary, 'utf8')) as Community;
  const made: Community = { folder, ...(await populate(running.remote, size, report, AT_ONCE)) };
  writeFileSync(summary, JSON.stringify(made));
  await running.remote.operator.drain();
  return made;
}
