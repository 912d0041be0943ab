import type { ServiceApi, ServiceContract } from '#platform/calls/contract.ts';
import type { ServiceDirectory } from '#platform/calls/directory.ts';
import type { Clock } from '#platform/clock/clock.ts';
import type { Faults } from '#platform/faults/faults.ts';
import type { IdGenerator } from '#platform/ids/ids.ts';
import type { Relay } from '#platform/outbox/relay.ts';
import type { Random } from '#platform/random/random.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import type { Metrics } from '#platform/telemetry/metrics.ts';
import type { Cache } from '#ports/cache/port.ts';
import type { EventBus } from '#ports/event-bus/port.ts';
import type { ObjectStore } from '#ports/object-store/port.ts';
import type { Relational } from '#ports/relational/port.ts';
import type { WideColumn } from '#ports/wide-column/port.ts';

/** What a process gives to every service in it. A service's `main.ts` takes from it what each of its parts needs. */
export interface Platform {
  readonly clock: Clock;
  readonly random: Random;
  readonly ids: IdGenerator;
  readonly faults: Faults;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly services: ServiceDirectory;
  /** Whether other processes may run the same services on the same data. Not where the data is this process's alone. */
  readonly shared?: boolean;
}

export interface Ports {
  readonly relational: Relational;
  readonly wideColumn: WideColumn;
  readonly bus: EventBus;
  readonly cache: Cache;
  readonly objects: ObjectStore;
}

/** A service that runs. */
export interface RunningService<C extends ServiceContract = ServiceContract> {
  readonly contract: C;
  readonly api: ServiceApi<C>;
  /** What carries its events to the bus, by the name that metrics show. */
  readonly relays?: Readonly<Record<string, Relay>>;
  /** Resolves when no background work of this service is due: relays are empty, timers that are due have run. */
  drain(): Promise<void>;
  /** Finishes what was accepted and stops. */
  stop(): Promise<void>;
}
