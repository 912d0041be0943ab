import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Engine, EngineNode } from '#engines/engine.ts';
import { runningPid, startNode, stopNode } from '#engines/node-process.ts';
import { buildVersitygw } from '#engines/s3/build-versitygw.ts';
import type { Config } from '#platform/config/config.ts';
import type { CalledService } from '#platform/config/service-names.ts';
import type { Random } from '#platform/random/random.ts';
import { edgeNode } from './edge.ts';
import { type ClusterEngines, clusterEngines } from './engines.ts';
import { anotherMember, type Layout, layoutOf, type Member } from './layout.ts';
import { memberNode, sharedSettings } from './members.ts';
import { clusterSecrets } from './secrets.ts';

/** Told when a part of the cluster begins to start or stop, and when it has. */
export type Progress = (what: string, done: number, total: number) => void;

export interface NodeStatus {
  readonly part: string;
  readonly name: string;
  readonly state: 'ready' | 'starting' | 'stopped';
  readonly pid: number | undefined;
}

/** Everything of Plaza on one machine, each part a process that outlives the command that started it. */
export class Cluster {
  readonly layout: Layout;
  readonly engines: readonly Engine[];
  readonly services: readonly EngineNode[];
  readonly gateways: readonly EngineNode[];
  /** What every process is told, and the operator's commands too. */
  readonly settings: Readonly<Record<string, string>>;
  readonly #edge: EngineNode;

  /** `extra`: settings for all processes beside those that follow from the layout. */
  constructor(config: Config, random: Random, extra: Readonly<Record<string, string>> = {}) {
    this.layout = layoutOf(config);
    // PostgreSQL runs as a user of its own, who has to pass through; what is inside is closed.
    for (const folder of [this.layout.folder, join(this.layout.folder, 'engines')]) {
      mkdirSync(folder, { recursive: true, mode: 0o711 });
    }
    const secrets = clusterSecrets(this.layout.folder, random);
    const { engines, settings }: ClusterEngines = clusterEngines(this.layout, secrets);
    this.settings = { ...sharedSettings(this.layout, secrets, settings), ...extra };
    this.engines = engines;
    this.services = this.layout.services.map(({ name }) => this.member(name));
    this.gateways = this.layout.gateways.map(({ name }) => this.member(name));
    this.#edge = edgeNode(this.layout, config.host);
  }

  /** Where an operator's commands find what this cluster is told: `set -a; . <file>; set +a`. */
  get environmentFile(): string {
    return join(this.layout.folder, 'plaza.env');
  }

  /** A process of Plaza by its name, told something else where `settings` say so: the same process, at the same place. */
  member(name: string, settings: Readonly<Record<string, string>> = {}): EngineNode {
    const member = [...this.layout.services, ...this.layout.gateways].find((each) => each.name === name);
    if (member === undefined) throw new RangeError(`The cluster has no process called ${name}.`);
    return memberNode(this.layout, member, { ...this.settings, ...settings });
  }

  /** Starts what does not run, and resolves when people can use it. */
  async start(progress: Progress): Promise<void> {
    this.#writeEnvironment();
    await takeSteps([...this.#engineSteps(), ...this.#serviceSteps()], progress);
  }

  /** The engines alone, so that a backup can be restored into them. */
  async startEngines(progress: Progress): Promise<void> {
    this.#writeEnvironment();
    await takeSteps(this.#engineSteps(), progress);
  }

  /** Starts Plaza itself on engines that run. */
  async startServices(progress: Progress): Promise<void> {
    await takeSteps(this.#serviceSteps(), progress);
  }

  /** Stops everything, whoever asks last first. */
  async stop(progress: Progress): Promise<void> {
    await stopRounds([...this.#serviceRounds(), this.engines.flatMap(({ nodes }) => nodes).reverse()], progress);
  }

  /** Stops Plaza itself; the engines go on. */
  async stopServices(progress: Progress): Promise<void> {
    await stopRounds(this.#serviceRounds(), progress);
  }

  async status(): Promise<NodeStatus[]> {
    const parts: [string, EngineNode][] = [
      ...this.engines.flatMap(({ name, nodes }) => nodes.map((node): [string, EngineNode] => [name, node])),
      ...[...this.services, ...this.gateways].map((node): [string, EngineNode] => ['plaza', node]),
      ['edge', this.#edge],
    ];
    return Promise.all(
      parts.map(async ([part, node]): Promise<NodeStatus> => {
        const pid = runningPid(node);
        const ready = pid !== undefined && (await node.answers().catch(() => false));
        return { part, name: node.name, pid, state: ready ? 'ready' : pid === undefined ? 'stopped' : 'starting' };
      }),
    );
  }

  /** One more process of a service, the second to the fourth: it takes its share of the events. Nobody calls it, and who starts it stops it. */
  another(service: CalledService, number: number): { readonly member: Member; readonly node: EngineNode } {
    const member = anotherMember(this.layout, service, number);
    return { member, node: memberNode(this.layout, member, this.settings) };
  }

  #engineSteps(): Step[] {
    return this.engines.map((engine) => ({ what: engine.name, take: () => startEngine(engine) }));
  }

  /** One after another: the first start makes tables, and each finds what it calls. */
  #serviceSteps(): Step[] {
    return [
      ...this.services.map((service) => ({ what: service.name, take: () => startNode(service) })),
      { what: 'gateways', take: () => Promise.all(this.gateways.map(startNode)) },
      { what: 'haproxy', take: () => startNode(this.#edge) },
    ];
  }

  #serviceRounds(): EngineNode[][] {
    return [[this.#edge], [...this.gateways], [...this.services].reverse()];
  }

  #writeEnvironment(): void {
    const lines = Object.entries(this.settings).map(([name, value]) => `${name}='${value}'`);
    writeFileSync(this.environmentFile, `${lines.join('\n')}\n`, { mode: 0o600 });
  }
}

interface Step {
  readonly what: string;
  take(): Promise<unknown>;
}

async function takeSteps(steps: readonly Step[], progress: Progress): Promise<void> {
  for (const [done, { what, take }] of steps.entries()) {
    progress(what, done, steps.length);
    await take();
    progress(what, done + 1, steps.length);
  }
}

async function stopRounds(rounds: readonly (readonly EngineNode[])[], progress: Progress): Promise<void> {
  const total = rounds.flat().length;
  let done = 0;
  for (const nodes of rounds) {
    await Promise.all(
      nodes.map(async (node) => {
        await stopNode(node);
        progress(node.name, ++done, total);
      }),
    );
  }
}

/** Nodes of one engine find each other, so they start at once; a replica of PostgreSQL copies from a primary that runs. */
async function startEngine(engine: Engine): Promise<void> {
  if (engine.name === 's3') await buildVersitygw();
  if (engine.name === 'postgres') for (const node of engine.nodes) await startNode(node);
  else await Promise.all(engine.nodes.map(startNode));
  await engine.join?.();
}
