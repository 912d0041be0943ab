import type { RunningService } from '#platform/lifecycle/platform.ts';
import type { EventBus } from '#ports/event-bus/port.ts';

/** Work begets work (an event makes an event), so everyone is asked until a whole round found nothing to do. */
const MAX_ROUNDS = 1_000;

/** Resolves when every relay is empty, every event handled, and no background work due. */
export async function drainAll(
  services: readonly Pick<RunningService, 'drain'>[],
  bus: Pick<EventBus, 'idle' | 'lag'>,
): Promise<void> {
  for (let round = 0; round < MAX_ROUNDS; round++) {
    for (const service of services) await service.drain();
    await bus.idle();
    if (sumOf(await bus.lag()) === 0 && round > 0) return;
  }
  throw new Error('Background work does not come to an end.');
}

/** What all groups have before them. */
export function sumOf(lag: ReadonlyMap<string, number>): number {
  return [...lag.values()].reduce((sum, ofGroup) => sum + ofGroup, 0);
}
