import type { Foundation } from './foundation.ts';

/**
 * The first thing that a stop does: says "not ready" and goes on serving for as long as load balancers take to notice. Call it when everything has started, since what was
 * started last is stopped first.
 */
export function leaveFirst({ config, platform, readiness }: Foundation, stack: AsyncDisposableStack): void {
  stack.defer(async () => {
    readiness.stopping();
    if (config.stopDelaySeconds === 0) return;
    platform.log.info({ seconds: config.stopDelaySeconds }, 'leaving the load balancers before stopping');
    await platform.clock.wait(config.stopDelaySeconds * 1_000);
  });
}
