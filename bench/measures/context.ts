import { cpuEach } from '../cluster/cpu.ts';
import type { Community } from '../data/generate.ts';
import type { LoadJob, LoadResult } from '../load/job.ts';
import { load } from '../load/load.ts';

/** What is loaded and asked what that cost it: one process, or a whole cluster. */
export interface Loaded {
  readonly address: URL;
  /** Where it shows its metrics, if it is one process that does. */
  readonly metrics?: URL | undefined;
  /** CPU time so far, in milliseconds, of all threads of what is Plaza. */
  cpuMs(): number;
  /** The same for each process by its name, the engines' too. Absent where there is one process only. */
  cpuMsByProcess?(): ReadonlyMap<string, number>;
}

/** What a measure works with. */
export interface Measured {
  readonly server: Loaded;
  readonly community: Community;
  /** How long each load lasts. */
  readonly seconds: number;
}

export interface Costed extends LoadResult {
  /** CPU time of the server, all threads, for each request, in milliseconds. */
  readonly cpuMsEach: number;
  /** The same by process; empty where there is one only. */
  readonly cpuMsEachByProcess: ReadonlyMap<string, number>;
}

/** Loads a server and reads what that cost it. */
export async function loadServer(server: Loaded, job: Omit<LoadJob, 'host' | 'port'>): Promise<Costed> {
  const before = server.cpuMs();
  const beforeByProcess = server.cpuMsByProcess?.() ?? NO_PROCESSES;
  const result = await load({ ...job, host: server.address.hostname, port: Number(server.address.port) });
  const afterByProcess = server.cpuMsByProcess?.() ?? NO_PROCESSES;
  return {
    ...result,
    cpuMsEach: (server.cpuMs() - before) / result.requests,
    cpuMsEachByProcess: cpuEach(beforeByProcess, afterByProcess, result.requests),
  };
}

const NO_PROCESSES: ReadonlyMap<string, number> = new Map();
