import type { Clock } from '#platform/clock/clock.ts';
import { Channels } from '#ports/cache/memory/channels.ts';
import type { RedisAddress, TlsFiles } from './address.ts';
import { type NodeClient, newNodeClient } from './cluster.ts';
import { within } from './failures.ts';
import type { Link } from './link.ts';

const CALL_MS = 1_000;
/** So many channels are looked after in one round: whether their slot still has the master at which we listen. */
const CHANNELS_PER_ROUND = 100;

interface Connection {
  readonly client: NodeClient;
  readonly channels: Set<string>;
}

/**
 * Sharded subscriptions: one connection to each master that serves a channel somebody listens to. What should be and what is are compared in rounds, so a
 * channel whose master dies, hangs or gives its slot away is taken up at the new one; what was said in between is lost.
 */
export class Listening {
  readonly #link: Link;
  readonly #address: RedisAddress;
  readonly #tls: TlsFiles;
  readonly #clock: Clock;
  readonly #listeners = new Channels();
  readonly #wanted = new Map<string, number>();
  /** By the master's address. */
  readonly #connections = new Map<string, Connection>();
  #looked = 0;
  #rounds: Promise<void> = Promise.resolve();
  #waiting = false;
  #closed = false;

  constructor(link: Link, tools: { address: RedisAddress; tls: TlsFiles; clock: Clock }) {
    this.#link = link;
    this.#address = tools.address;
    this.#tls = tools.tls;
    this.#clock = tools.clock;
  }

  /** Resolves when it listens, or when it could not for now: then it does as soon as the server is back. */
  async subscribe(channel: string, listen: (message: string) => void): Promise<() => Promise<void>> {
    const leave = this.#listeners.subscribe(channel, listen);
    this.#wanted.set(channel, (this.#wanted.get(channel) ?? 0) + 1);
    await this.round();
    let left = false;
    return async () => {
      if (left) return;
      left = true;
      leave();
      const others = this.#wanted.get(channel)! - 1;
      if (others > 0) this.#wanted.set(channel, others);
      else this.#wanted.delete(channel);
      await this.round();
    };
  }

  /** Compares what should be with what is, one round at a time. Never fails. */
  round(): Promise<void> {
    if (this.#waiting) return this.#rounds;
    this.#waiting = true;
    this.#rounds = this.#rounds.then(() => {
      this.#waiting = false;
      return this.#closed ? undefined : this.#compare();
    });
    return this.#rounds;
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#listeners.clear();
    this.#wanted.clear();
    await this.#rounds;
    for (const address of [...this.#connections.keys()]) this.#drop(address);
  }

  async #compare(): Promise<void> {
    await Promise.all([...this.#connections].map(([address, { client }]) => this.#ping(address, client)));
    await this.#lookAfterSlots();
    for (const [address, { channels }] of this.#connections) {
      for (const channel of channels) {
        if (!this.#wanted.has(channel) || this.#link.masterOf(channel) !== address) await this.#leave(address, channel);
      }
    }
    for (const channel of this.#wanted.keys()) {
      const address = this.#link.masterOf(channel);
      if (address !== undefined && !this.#connections.get(address)?.channels.has(channel)) {
        await this.#take(address, channel);
      }
    }
  }

  async #ping(address: string, client: NodeClient): Promise<void> {
    try {
      await within(this.#clock, CALL_MS, client.ping());
    } catch {
      this.#drop(address);
      this.#link.check();
    }
  }

  /** A command on a channel's slot: the library learns from its answer when the slot has moved. */
  async #lookAfterSlots(): Promise<void> {
    const channels = [...this.#wanted.keys()];
    const some = Array.from(
      { length: Math.min(CHANNELS_PER_ROUND, channels.length) },
      (_, at) => channels[(this.#looked + at) % channels.length]!,
    );
    this.#looked = channels.length === 0 ? 0 : (this.#looked + some.length) % channels.length;
    await Promise.allSettled(some.map((channel) => this.#link.run(channel, (cluster) => cluster.exists(channel))));
  }

  async #take(address: string, channel: string): Promise<void> {
    try {
      const connection = this.#connections.get(address) ?? (await this.#connect(address));
      const heard = (message: string) => this.#listeners.publish(channel, message);
      await within(this.#clock, CALL_MS, connection.client.sSubscribe(channel, heard));
      connection.channels.add(channel);
    } catch {
      this.#drop(address);
      this.#link.check();
    }
  }

  async #connect(address: string): Promise<Connection> {
    const colon = address.lastIndexOf(':');
    const node = { host: address.slice(0, colon), port: Number(address.slice(colon + 1)) };
    const client = newNodeClient(this.#address, this.#tls, node);
    const connection = { client, channels: new Set<string>() };
    this.#connections.set(address, connection);
    const lost = () => {
      if (this.#connections.get(address) !== connection) return;
      this.#drop(address);
      this.#link.check();
    };
    client.on('error', lost);
    client.on('end', lost);
    client.on('sharded-channel-moved', (channel: string) => {
      connection.channels.delete(channel);
      this.#link.check();
    });
    await within(this.#clock, CALL_MS, client.connect());
    return connection;
  }

  async #leave(address: string, channel: string): Promise<void> {
    const connection = this.#connections.get(address);
    if (connection === undefined) return;
    connection.channels.delete(channel);
    try {
      await within(this.#clock, CALL_MS, connection.client.sUnsubscribe(channel));
    } catch {
      this.#drop(address);
    }
    if (connection.channels.size === 0) this.#drop(address);
  }

  #drop(address: string): void {
    const connection = this.#connections.get(address);
    if (connection === undefined) return;
    this.#connections.delete(address);
    try {
      connection.client.destroy();
    } catch {
      // It has ended by itself.
    }
  }
}
