import { publicOrigin } from '#platform/config/config.ts';
import { freePort } from '#platform/lifecycle/free-port.ts';
import type { RunningService } from '#platform/lifecycle/platform.ts';
import type { Relay } from '#platform/outbox/relay.ts';
import { CALLED, decoderWhenAsked, type Room } from './composition/called-services.ts';
import type { Foundation } from './composition/foundation.ts';
import { startGatewayHere } from './composition/gateway.ts';
import { operatorKeyOf } from './composition/keys.ts';

export interface RunningServices {
  /** Where the gateway listens; empty when nobody is served. */
  readonly address: string;
  readonly origin: string;
  readonly drained: readonly Pick<RunningService, 'drain'>[];
  readonly relays: ReadonlyMap<string, Relay>;
}

/**
 * Starts all services in this process, each callable by the others as soon as it runs, and the gateway last: who is let in finds everything ready.
 * `serve`: whether to listen on the public address. `stack` takes what must be stopped.
 */
export async function startServices(
  foundation: Foundation,
  serve: boolean,
  stack: AsyncDisposableStack,
): Promise<RunningServices> {
  const { config, platform, folder } = foundation;
  const port = config.port === 0 ? await freePort(config.host) : config.port;
  const key = operatorKeyOf(config, folder, platform.random);
  const room: Room = {
    ...foundation,
    origin: publicOrigin(config, port),
    operatorKey: () => key,
    decoder: decoderWhenAsked(platform.log, stack),
  };
  const drained: Pick<RunningService, 'drain'>[] = [];
  const relays = new Map<string, Relay>();
  for (const { start } of Object.values(CALLED)) {
    const service = await start(room);
    drained.push(service);
    for (const [name, relay] of Object.entries(service.relays ?? {})) relays.set(name, relay);
    stack.defer(() => service.stop());
    await platform.services.register(service.contract, service.api);
  }
  if (!serve) return { address: '', origin: room.origin, drained, relays };

  const gateway = await startGatewayHere(room, port);
  stack.defer(() => gateway.stop());
  drained.push(gateway);
  return { address: gateway.address, origin: room.origin, drained, relays };
}
