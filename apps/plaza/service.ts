import { knowsSecret } from '#platform/calls/secret.ts';
import { CALLED_SERVICES, type CalledService, type ServiceName } from '#platform/config/service-names.ts';
import type { Relay } from '#platform/outbox/relay.ts';
import { addressOf, callSecretOf, refuseUnfitForService } from './composition/addresses.ts';
import { CALLED, decoderWhenAsked, type Room } from './composition/called-services.ts';
import { type Foundation, type FoundationOptions, layFoundation } from './composition/foundation.ts';
import { GATEWAY_NEEDS, startGatewayHere } from './composition/gateway.ts';
import { operatorKeyOf } from './composition/keys.ts';
import { leaveFirst } from './composition/leave-first.ts';
import { startWatching } from './composition/watch.ts';
import type { PortName } from './ports/names.ts';

export interface OneServiceOptions extends Omit<FoundationOptions, 'needed' | 'elsewhere'> {
  readonly service: ServiceName;
}

/** One service that runs in this process. */
export interface OneService {
  readonly service: ServiceName;
  /** Where people (for the gateway) or other services reach it. */
  readonly address: string;
  readonly metricsAddress: string | undefined;
  /** Resolves when nothing that this process has to do is due. */
  drain(): Promise<void>;
  /** Leaves the load balancer, finishes the calls it has taken and the batches in hand, and stops. */
  stop(): Promise<void>;
}

/**
 * Starts one service; the others are called at their addresses. Whatever fails undoes what was started.
 * @throws ConfigError where settings do not fit a process of its own
 */
export async function startOneService(options: OneServiceOptions): Promise<OneService> {
  refuseUnfitForService(options.config, options.service);
  const stack = new AsyncDisposableStack();
  try {
    return await assemble(options, stack);
  } catch (error) {
    await stack.disposeAsync();
    throw error;
  }
}

async function assemble(options: OneServiceOptions, stack: AsyncDisposableStack): Promise<OneService> {
  const { config, service } = options;
  const called = CALLED_SERVICES.find((name) => name === service);
  const needed: readonly PortName[] = called === undefined ? GATEWAY_NEEDS : withLease(CALLED[called].needs);
  const listen = called === undefined ? {} : { listen: { host: config.serviceHost, port: config.servicePort } };
  const foundation = await layFoundation(
    {
      ...options,
      needed,
      elsewhere: { secret: callSecretOf(config), addressOf: (name) => addressOf(config, name), ...listen },
    },
    stack,
  );
  const started =
    called === undefined ? await startDoor(foundation, stack) : await startCalled(called, foundation, stack);
  const drain = async () => {
    await foundation.lease.settle();
    await started.drain();
  };
  const onRequest = { mayAsk: knowsSecret(callSecretOf(config)), run: drain };
  const watching = await startWatching(foundation, needed, started.relays, onRequest);
  stack.defer(() => watching.stop());
  leaveFirst(foundation, stack);
  foundation.readiness.started();
  return {
    service,
    address: started.address,
    metricsAddress: watching.address,
    drain,
    stop: () => stack.disposeAsync(),
  };
}

interface Started {
  readonly address: string;
  readonly relays: ReadonlyMap<string, Relay>;
  drain(): Promise<void>;
}

async function startDoor(foundation: Foundation, stack: AsyncDisposableStack): Promise<Started> {
  const gateway = await startGatewayHere(roomOf(foundation, stack), foundation.config.port);
  stack.defer(() => gateway.stop());
  return { address: gateway.address, relays: new Map(), drain: () => gateway.drain() };
}

async function startCalled(name: CalledService, foundation: Foundation, stack: AsyncDisposableStack): Promise<Started> {
  const { platform, config } = foundation;
  const service = await CALLED[name].start(roomOf(foundation, stack));
  stack.defer(() => service.stop());
  await platform.services.register(service.contract, service.api);
  // Stopped before the service itself: what was taken is finished while everything that it needs is there.
  stack.defer(() => platform.services.unregister(service.contract));
  return {
    address: `http://${config.serviceHost}:${config.servicePort}`,
    relays: new Map(Object.entries(service.relays ?? {})),
    drain: () => service.drain(),
  };
}

function roomOf(foundation: Foundation, stack: AsyncDisposableStack): Room {
  const { config, platform, folder } = foundation;
  return {
    ...foundation,
    origin: config.origin!.replace(/\/$/, ''),
    // Only who seals and signs needs it, so only they must have it.
    operatorKey: () => operatorKeyOf(config, folder, platform.random),
    decoder: decoderWhenAsked(platform.log, stack),
  };
}

/** The worker number of its ids is leased from the relational store. */
function withLease(needs: readonly PortName[]): readonly PortName[] {
  return needs.includes('relational') ? needs : [...needs, 'relational'];
}
