import { type API, Base, type ClusterMetadata, ConnectionPool, findCoordinatorV6 } from '@platformatic/kafka';
import type { Clock } from '#platform/clock/clock.ts';
import type { KafkaAddress } from './address.ts';
import { Coordinators } from './coordinators.ts';
import { answered, hasCode } from './errors.ts';

export type Topic = NonNullable<ReturnType<ClusterMetadata['topics']['get']>>;

const CLIENT_ID = 'plaza';
const CONNECT_TIMEOUT_MS = 5_000;
/** A broker that takes longer is treated as gone; the answer is then asked of another. */
const REQUEST_TIMEOUT_MS = 10_000;
const GROUP_KEY = 0;
/** A group or a partition is being moved to another broker, or was made a moment ago. It passes. */
const MOVING = [
  'COORDINATOR_NOT_AVAILABLE',
  'COORDINATOR_LOAD_IN_PROGRESS',
  'NOT_COORDINATOR',
  'NOT_LEADER_OR_FOLLOWER',
  'LEADER_NOT_AVAILABLE',
];
const MOVING_ATTEMPTS = 20;
const MOVING_PAUSE_MS = 500;
/** Brokers answer the requests of one connection one after the other, so more would only wait there. */
const MAX_INFLIGHTS = 50;

/** What every client of the library needs to be told. */
export function connectionOptions(address: KafkaAddress) {
  return {
    clientId: CLIENT_ID,
    bootstrapBrokers: [...address.brokers],
    connectTimeout: CONNECT_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    autocreateTopics: false,
    ...address.connection,
  };
}

/** Asks brokers: any, the leader of a partition, the coordinator of a group. Requests that wait in a broker get connections of their own. */
export class KafkaClient {
  readonly #address: KafkaAddress;
  readonly #clock: Clock;
  readonly #base: Base;
  readonly #coordinators = new Coordinators((group) => this.#findCoordinator(group));

  constructor(address: KafkaAddress, clock: Clock) {
    this.#address = address;
    this.#clock = clock;
    this.#base = new Base({ ...connectionOptions(address), maxInflights: MAX_INFLIGHTS, retries: 1, retryDelay: 200 });
  }

  /** The topics that exist, of those named. `fresh` asks the brokers although an answer of the last seconds is at hand. */
  async topics(names: readonly string[], fresh = false): Promise<Map<string, Topic>> {
    const metadata = await this.#base.metadata({ topics: [...names], forceUpdate: fresh });
    const found = new Map<string, Topic>();
    for (const [name, topic] of metadata.topics) if (topic !== undefined) found.set(name, topic);
    return found;
  }

  /** Those of the named topics that exist. */
  async existing(names: readonly string[]): Promise<string[]> {
    const found: string[] = [];
    for (const name of names) {
      try {
        await this.topics([name], true);
        found.push(name);
      } catch (error) {
        // The library's own word for an answer without the topic, and the broker's.
        if (!hasCode(error, 'PLT_KFK_USER') && !answered(error, 'UNKNOWN_TOPIC_OR_PARTITION')) throw error;
      }
    }
    return found;
  }

  async nodes(): Promise<number[]> {
    return [...(await this.#base.metadata({ topics: [] })).brokers.keys()];
  }

  /** Connections of one's own, for requests that wait in a broker and would hold up those behind them. */
  pool(): ConnectionPool {
    return new ConnectionPool(CLIENT_ID, connectionOptions(this.#address));
  }

  async ask<A extends unknown[], R>(node: number, api: API<A, R>, ...request: A): Promise<R> {
    return this.askThrough(this.#base.connections, node, api, ...request);
  }

  async askThrough<A extends unknown[], R>(
    pool: ConnectionPool,
    node: number,
    api: API<A, R>,
    ...request: A
  ): Promise<R> {
    const { brokers } = await this.#base.metadata({ topics: [] });
    const broker = brokers.get(node);
    try {
      if (broker === undefined) throw new Error(`Broker ${node} is not there.`);
      return await api.async(await pool.get(broker), ...request);
    } catch (error) {
      if (!hasCode(error, 'PLT_KFK_RESPONSE'))
        await this.#base.metadata({ topics: [], forceUpdate: true }).catch(() => {});
      throw error;
    }
  }

  async askAny<A extends unknown[], R>(api: API<A, R>, ...request: A): Promise<R> {
    const nodes = await this.nodes();
    for (const [index, node] of nodes.entries()) {
      try {
        return await this.ask(node, api, ...request);
      } catch (error) {
        if (hasCode(error, 'PLT_KFK_RESPONSE') || index === nodes.length - 1) throw error;
      }
    }
    throw new Error('There is no broker.');
  }

  async askCoordinator<A extends unknown[], R>(group: string, api: API<A, R>, ...request: A): Promise<R> {
    const [answer] = await this.askCoordinators([group], (node) => this.ask(node, api, ...request));
    return answer!;
  }

  /** Asks the brokers that keep these groups, each once for all that it keeps. */
  askCoordinators<R>(groups: readonly string[], ask: (node: number, groups: string[]) => Promise<R>): Promise<R[]> {
    return this.patiently(() => this.#coordinators.ask(groups, ask));
  }

  async #findCoordinator(group: string): Promise<number> {
    const { coordinators } = await this.askAny(findCoordinatorV6.api, GROUP_KEY, [group]);
    return coordinators[0]!.nodeId;
  }

  /** Asks again while brokers take over from each other. `attempt` counts from 1. */
  async patiently<R>(ask: (attempt: number) => Promise<R>): Promise<R> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await ask(attempt);
      } catch (error) {
        if (!answered(error, ...MOVING) || attempt === MOVING_ATTEMPTS) throw error;
        await this.pause(MOVING_PAUSE_MS);
      }
    }
  }

  pause(ms: number): Promise<void> {
    return this.#clock.wait(ms);
  }

  close(): Promise<void> {
    return this.#base.close();
  }
}
