import type { Community } from '../data/generate.ts';
import type { LoadJob, LoadResult } from '../load/job.ts';
import { load } from '../load/load.ts';
import type { ServerProcess } from '../server/process.ts';

/** What a measure works with. */
export interface Measured {
  readonly server: ServerProcess;
  readonly community: Community;
  /** How long each load lasts. */
  readonly seconds: number;
}

export interface Costed extends LoadResult {
  /** CPU time of the server, all threads, for each request, in milliseconds. */
  readonly cpuMsEach: number;
}

/** Loads a server and reads what that cost it. */
export async function loadServer(server: ServerProcess, job: Omit<LoadJob, 'host' | 'port'>): Promise<Costed> {
  const before = server.cpuMs();
  const result = await load({ ...job, host: server.address.hostname, port: Number(server.address.port) });
  return { ...result, cpuMsEach: (server.cpuMs() - before) / result.requests };
}
