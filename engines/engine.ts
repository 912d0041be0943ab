/** One process of a real server. Everything that it needs to be started again follows from this. */
export interface EngineNode {
  /** Unique within its engine: `broker-1`, `primary`. */
  readonly name: string;
  /** Its own folder: data, `node.log`, `node.pid`. */
  readonly folder: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /**
   * What asks it to end soon. `SIGTERM` unless it takes that for something else: PostgreSQL would wait for its clients, and HAProxy would cut off requests that
   * are under way.
   */
  readonly stopSignal?: 'SIGINT' | 'SIGUSR1';
  /** Makes what it needs before its first start: formats a disk, writes a config. Does nothing where that was done. */
  prepare?(): Promise<void>;
  /** Whether it answers requests now. May throw while it does not. */
  answers(): Promise<boolean>;
}

/** A real server as a whole. The same options always give the same nodes, so that another program finds those that run. */
export interface Engine {
  readonly name: string;
  readonly nodes: readonly EngineNode[];
  /** Joins nodes that answer into one whole (creates a Redis Cluster, a bucket, a keyspace). Does nothing where that was done. */
  join?(): Promise<void>;
}
