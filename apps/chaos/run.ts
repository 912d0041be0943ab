import sharp from 'sharp';
import type { Clock } from '#platform/clock/clock.ts';
import { loadConfig } from '#platform/config/config.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { openRemote, type Remote } from '../plaza/operator/open-remote.ts';
import { Api } from './api.ts';
import { type AuditTools, audit } from './audit.ts';
import { Chance } from './chance.ts';
import { Client } from './clients/client.ts';
import { DEEDS } from './clients/deeds.ts';
import { signUp } from './clients/person.ts';
import { Judge } from './clients/shown.ts';
import { Traffic } from './clients/traffic.ts';
import type { Fault } from './faults/fault.ts';
import { Findings } from './findings.ts';
import { settle } from './settle.ts';
import { type Spell, Stalls } from './stalls.ts';
import { Truth } from './truth/truth.ts';

const PEOPLE = 16;
/** How long people go on before something breaks, and after it was mended. */
const CALM_MS = 2_000;
/** Everybody has to be served again within this after the mend. */
const SERVED_MS = 120_000;
/** While events cannot be published, a stall of this share of the time is no going on. */
const STOPPED_SHARE = 0.5;

export interface ChaosOptions {
  readonly cluster: Cluster;
  readonly faults: readonly Fault[];
  readonly seed: number;
  /** In names of people and in texts: never used on this cluster before. */
  readonly tag: string;
  readonly clock: Clock;
  readonly report: (step: string, done: number, total: number) => void;
  /** Told about each fault when it is over. */
  readonly suffered?: (result: FaultResult) => void;
  /** Mends what is broken, and breaks nothing more. */
  readonly signal?: AbortSignal;
}

export interface FaultResult extends Spell {
  readonly name: string;
  /** From the blow until it was mended. */
  readonly brokenMs: number;
  /** From the mend until every client was served again. */
  readonly servedAfterMs: number;
  /** From the mend until all events were published and handled; people wait meanwhile. */
  readonly caughtUpAfterMs: number;
}

export interface ChaosReport {
  readonly results: readonly FaultResult[];
  readonly findings: Findings;
  readonly posts: number;
  /** Writes of which nobody learned whether they were done. */
  readonly unknown: number;
}

/** Breaks one thing after the other while people use the cluster, and compares what they see with what they were acknowledged. */
export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const { cluster, faults, seed, clock, report } = options;
  const remote = openRemote(loadConfig({ env: cluster.settings }));
  const stalls = new Stalls();
  const findings = new Findings();
  const truth = new Truth(PEOPLE);
  const judge = new Judge(truth, findings);
  try {
    const anonymous = new Api(`http://127.0.0.1:${cluster.layout.port}`, clock);
    report('People sign up', 0, faults.length);
    const people = await signUp(anonymous, PEOPLE, options.tag, clock, stalls.note);
    const tools: AuditTools = { truth, judge, findings, people, clock };
    const clients = clientsOf(options, tools);
    await follow(clients);
    const traffic = new Traffic(clients, clock);
    const run: Run = { ...options, stalls, findings, traffic, remote, tools };
    const results: FaultResult[] = [];
    for (const [index, fault] of faults.entries()) {
      options.signal?.throwIfAborted();
      report(fault.name, index, faults.length);
      const result = await suffer(run, fault);
      results.push(result);
      options.suffered?.(result);
    }
    report('Looking at everything', faults.length, faults.length);
    findings.fault = 'after all faults';
    await audit(tools, 0);
    return { results, findings, posts: truth.posts.count, unknown: truth.posts.unsure };
  } catch (error) {
    throw new Error(`Chaos ended early (seed ${seed}), ${findings.fault}: ${(error as Error).message}`, {
      cause: error,
    });
  } finally {
    await remote.close();
  }
}

interface Run extends ChaosOptions {
  readonly stalls: Stalls;
  readonly findings: Findings;
  readonly traffic: Traffic;
  readonly remote: Remote;
  readonly tools: AuditTools;
}

async function suffer(run: Run, fault: Fault): Promise<FaultResult> {
  const { clock, stalls, traffic, findings, tools, cluster, signal } = run;
  const from = tools.truth.posts.count;
  findings.fault = fault.name;
  await fault.prepare?.();
  traffic.resume();
  await clock.wait(CALM_MS, signal);
  const struckMs = clock.monotonic();
  stalls.begin(struckMs);
  try {
    await fault.strike();
    await clock.wait(fault.holdMs, signal);
    if (fault.withoutEvents) refuseStop(findings, stalls.read(clock.monotonic()), fault);
  } finally {
    await fault.mend();
  }
  const mendedMs = clock.monotonic();
  const waiting = await traffic.untilAllServed(mendedMs, SERVED_MS);
  const servedMs = clock.monotonic();
  if (waiting > 0)
    throw new Error(`${waiting} of ${PEOPLE} clients are not served ${SERVED_MS / 1_000} s after the mend`);
  await clock.wait(CALM_MS);
  const spell = stalls.read(clock.monotonic());
  await traffic.pause();
  await settle(cluster, run.remote, clock);
  const caughtUpMs = clock.monotonic();
  await fault.tidy?.();
  await audit(tools, from);
  return {
    ...spell,
    name: fault.name,
    brokenMs: mendedMs - struckMs,
    servedAfterMs: servedMs - mendedMs,
    caughtUpAfterMs: caughtUpMs - mendedMs,
  };
}

function refuseStop(findings: Findings, { writeStallMs, readStallMs }: Spell, { holdMs }: Fault): void {
  const stalls = { posting: writeStallMs, reading: readStallMs };
  for (const [what, stallMs] of Object.entries(stalls)) {
    if (stallMs > holdMs * STOPPED_SHARE) findings.add('stopped', `${what}: ${Math.round(stallMs)} ms of ${holdMs} ms`);
  }
}

function clientsOf({ seed, tag, clock }: ChaosOptions, tools: AuditTools): Client[] {
  const picture = pictures(new Chance(seed));
  return tools.people.map((person) => new Client({ ...tools, person, tag, seed, clock, picture }));
}

/** Everybody follows half of the others before anything breaks, so that posts have somewhere to go. */
async function follow(clients: readonly Client[]): Promise<void> {
  for (let round = 0; round < clients.length / 2; round++) {
    await Promise.all(clients.map((client) => client.do(DEEDS.follow)));
  }
}

function pictures(chance: Chance): () => Promise<Blob> {
  return async () => {
    const background = { r: chance.below(256), g: chance.below(256), b: chance.below(256) };
    const png = await sharp({ create: { width: 48, height: 32, channels: 3, background } })
      .png()
      .toBuffer();
    return new Blob([new Uint8Array(png)], { type: 'image/png' });
  };
}
