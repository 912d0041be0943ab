import { createHistogram, type RecordableHistogram } from 'node:perf_hooks';
import { LoadConnection, requestBytes } from './connection.ts';
import type { Latency, LoadJob, LoadResult } from './job.ts';

const NS_PER_MS = 1e6;

/** Runs a job in this process. */
export async function runLoad(job: LoadJob): Promise<LoadResult> {
  const host = `${job.host}:${job.port}`;
  const prepared = job.requests.map((request) => ({ name: request.name, bytes: requestBytes(request, host) }));
  const all = createHistogram();
  const byName = new Map(job.requests.map(({ name }) => [name, createHistogram()]));
  const failures: Record<string, number> = {};
  const connections = await Promise.all(
    Array.from({ length: job.connections }, () => LoadConnection.open(job.host, job.port)),
  );
  let turn = 0;
  const startMs = performance.now();
  const endMs = startMs + job.seconds * 1_000;

  const send = async (connection: LoadConnection, dueMs: number) => {
    const request = prepared[job.order[turn++ % job.order.length] as number]!;
    const status = await connection.exchange(request.bytes);
    const tookNs = Math.max(1, Math.round((performance.now() - dueMs) * NS_PER_MS));
    all.record(tookNs);
    byName.get(request.name)?.record(tookNs);
    if (status < 200 || status > 299) failures[status] = (failures[status] ?? 0) + 1;
  };

  if (job.ratePerSecond === undefined) {
    await Promise.all(
      connections.map(async (connection) => {
        for (let nowMs = performance.now(); nowMs < endMs; nowMs = performance.now()) await send(connection, nowMs);
      }),
    );
  } else {
    await openLoop(connections, startMs, endMs, 1_000 / job.ratePerSecond, send);
  }
  const seconds = (performance.now() - startMs) / 1_000;
  for (const connection of connections) connection.close();
  return {
    seconds,
    requests: all.count,
    perSecond: all.count / seconds,
    all: latencyOf(all),
    byName: Object.fromEntries([...byName].map(([name, histogram]) => [name, latencyOf(histogram)])),
    failures,
  };
}

/** Requests fall due at even times; a free connection takes the one that has waited longest. */
async function openLoop(
  connections: readonly LoadConnection[],
  startMs: number,
  endMs: number,
  intervalMs: number,
  send: (connection: LoadConnection, dueMs: number) => Promise<void>,
): Promise<void> {
  let nextDueMs = startMs;
  await Promise.all(
    connections.map(async (connection) => {
      for (;;) {
        const dueMs = nextDueMs;
        if (dueMs >= endMs) return;
        nextDueMs += intervalMs;
        const waitMs = dueMs - performance.now();
        if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
        await send(connection, dueMs);
      }
    }),
  );
}

function latencyOf(histogram: RecordableHistogram): Latency {
  if (histogram.count === 0) return { count: 0, p50: 0, p99: 0, max: 0 };
  return {
    count: histogram.count,
    p50: histogram.percentile(50) / NS_PER_MS,
    p99: histogram.percentile(99) / NS_PER_MS,
    max: histogram.max / NS_PER_MS,
  };
}
