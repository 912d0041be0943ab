import type { LoadRequest } from './connection.ts';

/** What a load process is told to do. Its requests are sent in turn, each as often as its weight says. */
export interface LoadJob {
  readonly host: string;
  readonly port: number;
  readonly requests: readonly LoadRequest[];
  /** Order of the requests: indexes into `requests`, repeated for ever. */
  readonly order: readonly number[];
  readonly connections: number;
  readonly seconds: number;
  /** Open loop: so many requests a second are due, whether the server keeps up or not. Absent: closed loop, each connection asks again when it was answered. */
  readonly ratePerSecond?: number;
}

/** Latencies in milliseconds. In an open loop they count from when the request was due. */
export interface Latency {
  readonly count: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

export interface LoadResult {
  readonly seconds: number;
  readonly requests: number;
  readonly perSecond: number;
  readonly all: Latency;
  readonly byName: Readonly<Record<string, Latency>>;
  /** Answers that were not 2xx, by status. */
  readonly failures: Readonly<Record<string, number>>;
}
