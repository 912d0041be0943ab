import { afterEach, beforeEach, describe } from 'node:test';
import { randomToken, systemRandom } from '#platform/random/random.ts';
import type { EventBus } from './port.ts';
import { chance } from './suite-chance.ts';
import { delivery } from './suite-delivery.ts';
import { failures } from './suite-failures.ts';
import { groups } from './suite-groups.ts';
import { progress } from './suite-progress.ts';
import type { EventBusBench } from './suite-tools.ts';

export interface EventBusUnderTest {
  readonly bus: EventBus;
  /** Creates topics that a server has to know before they are used. */
  createTopics?(names: readonly string[]): Promise<void>;
  /** Closes the bus and opens another on the same data. */
  reopen(): Promise<EventBus>;
  close(): Promise<void>;
}

/** What every event bus has to do. Both twins run exactly this. Topics and groups are new in each test, so a server may be shared. */
export function eventBusSuite(name: string, open: () => Promise<EventBusUnderTest>): void {
  describe(`event bus: ${name}`, () => {
    let under: EventBusUnderTest;
    let bus: EventBus;
    let unique = '';

    const bench: EventBusBench = {
      get bus() {
        return bus;
      },
      get topic() {
        return `t${unique}`;
      },
      get group() {
        return `g${unique}`;
      },
      async reopen() {
        bus = await under.reopen();
      },
      subscription: (handle, more = {}) => ({
        group: bench.group,
        topics: [bench.topic],
        from: 'earliest',
        offsets: 'derived',
        maxBatch: 20,
        handle,
        ...more,
      }),
      createTopics: async (names) => under.createTopics?.(names),
      lettersOf: async (group) => (await bus.deadLetters(1_000)).filter((letter) => letter.group === group),
    };

    beforeEach(async () => {
      unique = randomToken(systemRandom, 9);
      under = await open();
      bus = under.bus;
      await bench.createTopics([bench.topic]);
    });
    afterEach(() => under.close());

    delivery(bench);
    groups(bench);
    failures(bench);
    progress(bench);
    chance(bench);
  });
}
