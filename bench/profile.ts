import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
    readonly children?: readonly number[];
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

export interface ProfileLine {
  readonly where: string;
  /** Time in the function itself, without what it calls, in microseconds for each request. */
  readonly selfUs: number;
  /** Its part of the busy time, 0 to 1. */
  readonly share: number;
}

export interface ProfileSummary {
  /** Time of the main thread when it was not idle, in microseconds for each request. */
  readonly busyUs: number;
  readonly functions: readonly ProfileLine[];
  /** The same by folder: the packages, the services, Node itself. */
  readonly rooms: readonly ProfileLine[];
}

const IDLE = new Set(['(idle)', '(program)', '(root)']);
const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Adds up a `.cpuprofile` of so many requests. */
export function summarize(file: string, requests: number): ProfileSummary {
  const { nodes, samples, timeDeltas } = JSON.parse(readFileSync(file, 'utf8')) as CpuProfile;
  const byId = new Map(nodes.map((node) => [node.id, node.callFrame]));
  const functions = new Map<string, number>();
  const rooms = new Map<string, number>();
  let busyUs = 0;
  samples.forEach((id, index) => {
    const frame = byId.get(id)!;
    // The profiler itself, at its start, is none of the server's work.
    if (IDLE.has(frame.functionName) || frame.url === 'node:inspector') return;
    const us = timeDeltas[index]!;
    busyUs += us;
    add(functions, `${frame.functionName || '(anonymous)'} ${placeOf(frame.url)}`.trim(), us);
    add(rooms, roomOf(frame), us);
  });
  const lines = (times: ReadonlyMap<string, number>): ProfileLine[] =>
    [...times]
      .map(([where, us]) => ({ where, selfUs: us / requests, share: us / busyUs }))
      .sort((a, b) => b.selfUs - a.selfUs);
  return { busyUs: busyUs / requests, functions: lines(functions), rooms: lines(rooms) };
}

function add(times: Map<string, number>, key: string, us: number): void {
  times.set(key, (times.get(key) ?? 0) + us);
}

function placeOf(url: string): string {
  return url.startsWith('file://') ? fileURLToPath(url).replace(ROOT, '').replace('node_modules/', '') : url;
}

function roomOf({ functionName, url }: { functionName: string; url: string }): string {
  if (url === '') return functionName === '(garbage collector)' ? functionName : 'native functions';
  if (url.startsWith('node:')) return 'node';
  const parts = placeOf(url).split('/');
  const depth = parts[0] === 'services' || parts[0] === 'ports' ? 2 : parts[0]?.startsWith('@') ? 2 : 1;
  return parts.slice(0, depth).join('/');
}
