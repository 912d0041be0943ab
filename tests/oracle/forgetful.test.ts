import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Ports } from '#platform/lifecycle/platform.ts';
import type { EventBus, Subscription } from '#ports/event-bus/port.ts';
import { Constellation, withForgetfulCache } from '#tests/constellation/constellation.ts';
import { testSeed } from '#tests/seed.ts';
import { leave } from './deeds-of-people.ts';
import { each, judge } from './judge.ts';

const DEEDS = 25;
const seed = testSeed();

/** The bus, with the number of events that each group has handled. */
function watched(bus: EventBus, handled: Map<string, number>): EventBus {
  return {
    publish: (topic, events) => bus.publish(topic, events),
    subscribe(subscription) {
      const { group } = subscription;
      handled.set(group, 0);
      const handle: Subscription['handle'] = async (events) => {
        await subscription.handle(events);
        handled.set(group, handled.get(group)! + events.length);
      };
      return bus.subscribe({ ...subscription, handle });
    },
    lag: () => bus.lag(),
    deadLetters: (limit) => bus.deadLetters(limit),
    replay: (id) => bus.replay(id),
    idle: () => bus.idle(),
    close: () => bus.close(),
  };
}

describe(`every consumer, with a cache that loses everything at random (SEED=${seed})`, () => {
  const handled = new Map<string, number>();
  const forgetful = withForgetfulCache(seed);
  const wrapPorts = (ports: Ports): Ports => {
    const wrapped = forgetful.wrapPorts(ports);
    return { ...wrapped, bus: watched(wrapped.bus, handled) };
  };
  const started = Constellation.forTests({ ...forgetful, wrapPorts });

  it('leaves every surface right, and has handled events', async () => {
    const world = await judge(await started, seed, DEEDS);
    while (!(await leave.do(world)));
    await world.settle();
    const everybody = [null, ...world.model.active().map(({ name }) => name)];
    await each(world, everybody, (onlooker) => onlooker.examine('settled'));
    const idle = [...handled].filter(([, events]) => events === 0).map(([group]) => group);
    assert.deepEqual(idle, [], 'consumers that had nothing to do');
    assert.ok(handled.size > 10, `${handled.size} consumers`);
  });
});
