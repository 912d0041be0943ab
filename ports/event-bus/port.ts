/** An event as it is published. */
export interface OutgoingEvent {
  /** Unique for ever; the same event published twice carries the same id. */
  readonly id: string;
  /** The aggregate. Events of one key keep their order. */
  readonly key: string;
  /** A CloudEvent, as JSON text. */
  readonly body: string;
}

export interface IncomingEvent extends OutgoingEvent {
  readonly topic: string;
  readonly partition: number;
  /** Grows within its partition, and is at least 1: a version for rows derived from this event. */
  readonly offset: number;
}

export interface Subscription {
  /** Members of one group share the partitions. */
  readonly group: string;
  readonly topics: readonly string[];
  /** Where a group starts that has never committed. */
  readonly from: 'earliest' | 'latest';
  /** The tier that this consumer writes to: an embedded offset stands in the same file as the rows, so both survive or neither does. A server keeps offsets itself. */
  readonly offsets: 'core' | 'derived';
  readonly maxBatch: number;
  /** Batches in hand at once, of different partitions. {@link DEFAULT_CONCURRENCY} unless given. */
  readonly concurrency?: number;
  /**
   * Handles events of one partition, in order. When it resolves, the batch is done. When it rejects, the batch comes again (so handling
   * must be idempotent), then each event alone; an event that keeps failing goes to the dead-letter topic. A failure that says that
   * something is away (see `dependencyIsDown`) is no event's fault: the batch waits and comes again for as long as it takes.
   */
  handle(events: readonly IncomingEvent[]): Promise<void>;
}

export interface Subscriber {
  /** Finishes the batch in hand, commits it and leaves the group. */
  stop(): Promise<void>;
}

/** An event that one group could not handle. Other groups are not concerned. */
export interface DeadLetter {
  readonly id: string;
  readonly group: string;
  readonly event: IncomingEvent;
  readonly error: string;
}

/** How often one event is tried before it is put aside. */
export const MAX_ATTEMPTS = 5;
export const DEFAULT_CONCURRENCY = 8;
/** What a server takes in one message by default, less its own headers. */
export const MAX_EVENT_CHARACTERS = 900_000;
/** A larger publish is refused: its author has to page. */
export const MAX_EVENTS_PER_PUBLISH = 5_000;

export interface EventBus {
  /** Durable when it resolves. A repeated publish may repeat events; consumers tell by id or version. */
  publish(topic: string, events: readonly OutgoingEvent[]): Promise<void>;
  subscribe(subscription: Subscription): Promise<Subscriber>;
  /** Events published and not yet handled, for each group that ever subscribed. */
  lag(): Promise<ReadonlyMap<string, number>>;
  /** Events put aside after {@link MAX_ATTEMPTS}, oldest first. */
  deadLetters(limit: number): Promise<DeadLetter[]>;
  /**
   * Hands a dead letter to its group again, and to no other, under its first topic, partition and offset; it comes after events that are
   * younger. When it fails again it is put aside again. False when there is no such letter.
   */
  replay(deadLetterId: string): Promise<boolean>;
  /** Resolves at a moment when the groups with members here have handled and committed all that was published. For tests and orderly stops. */
  idle(): Promise<void>;
  close(): Promise<void>;
}
