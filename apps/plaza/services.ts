import { hkdfSync } from 'node:crypto';
import type { ProcessDirectory } from '#platform/calls/directory.ts';
import { type Config, publicOrigin } from '#platform/config/config.ts';
import { freePort } from '#platform/lifecycle/free-port.ts';
import type { Platform, Ports, RunningService } from '#platform/lifecycle/platform.ts';
import { createDecoder } from '#platform/media/decoder.ts';
import type { Relay } from '#platform/outbox/relay.ts';
import type { Traces } from '#platform/telemetry/traces.ts';
import { LIMITS } from '#policies/limits/limits.ts';
import { startAuthentication } from '#services/authentication/main.ts';
import { feedDefaults } from '#services/feed/config.ts';
import { startFeed } from '#services/feed/main.ts';
import type { GatewayConfig } from '#services/gateway/config.ts';
import { DEFAULT_RATE_LIMITS } from '#services/gateway/limits/rate-limits.ts';
import { startGateway } from '#services/gateway/main.ts';
import { startPost } from '#services/post/main.ts';
import { startUser } from '#services/user/main.ts';
import { programVersion } from './version.ts';

export interface ServicesOptions {
  readonly platform: Platform & { readonly services: ProcessDirectory };
  readonly ports: Ports;
  readonly config: Config;
  readonly operatorKey: Buffer;
  readonly traces: Traces;
  /** Whether to listen on the public address. */
  readonly serve: boolean;
  /** Takes what must be stopped, in order. */
  readonly stack: AsyncDisposableStack;
}

export interface RunningServices {
  /** Where the gateway listens; empty when nobody is served. */
  readonly address: string;
  readonly origin: string;
  readonly drained: readonly Pick<RunningService, 'drain'>[];
  readonly relays: ReadonlyMap<string, Relay>;
}

/** Starts the services, each callable by the others as soon as it runs, and the gateway last: who is let in finds everything ready. */
export async function startServices(options: ServicesOptions): Promise<RunningServices> {
  const { platform, ports, config, operatorKey, traces, serve, stack } = options;
  const port = config.port === 0 ? await freePort(config.host) : config.port;
  const origin = publicOrigin(config, port);
  const drained: Pick<RunningService, 'drain'>[] = [];
  const relays = new Map<string, Relay>();
  const start = async (starting: Promise<RunningService>) => {
    const service = await starting;
    drained.push(service);
    for (const [name, relay] of Object.entries(service.relays ?? {})) relays.set(name, relay);
    stack.defer(() => service.stop());
    await platform.services.register(service.contract, service.api);
  };

  const { imageBytes: inputBytes, imagePixels: pixels } = LIMITS;
  const decoder = createDecoder({ log: platform.log, limits: { inputBytes, pixels } });
  stack.defer(() => decoder.stop());
  const renderVariants = decoder.renderVariants.bind(decoder);

  await start(startUser(platform, ports, { renderVariants }));
  await start(startAuthentication(platform, ports, authenticationConfig(config, origin, operatorKey)));
  await start(
    startPost(platform, ports, {
      onlyWriter: true,
      localHosts: [new URL(origin).host],
      media: { decoder, quotaBytes: config.mediaQuotaBytes },
    }),
  );
  await start(startFeed(platform, ports, feedDefaults));
  if (!serve) return { address: '', origin, drained, relays };

  const gateway = await startGateway(platform, ports, gatewayConfig(config, origin, port, operatorKey), traces);
  stack.defer(() => gateway.stop());
  drained.push(gateway);
  return { address: gateway.address, origin, drained, relays };
}

function authenticationConfig(config: Config, origin: string, operatorKey: Buffer) {
  const { smtpUrl, smtpFrom, oidcIssuer, oidcClientId } = config;
  return {
    origin,
    signUpMode: config.signup,
    smtp: smtpUrl === undefined || smtpFrom === undefined ? null : { url: smtpUrl, from: smtpFrom },
    operatorKey,
    oidc:
      oidcIssuer === undefined || oidcClientId === undefined
        ? null
        : {
            issuer: oidcIssuer,
            clientId: oidcClientId,
            clientSecret: config.oidcClientSecret ?? null,
            name: config.oidcName,
          },
    rateLimits: config.rateLimits === 'on',
  };
}

function gatewayConfig(config: Config, origin: string, port: number, operatorKey: Buffer): GatewayConfig {
  return {
    host: config.host,
    port,
    origin,
    trustedProxies: config.trustedProxies,
    rateLimits: config.rateLimits === 'off' ? 'off' : DEFAULT_RATE_LIMITS,
    signUp: config.signup,
    instance: {
      title: config.title,
      description: config.description,
      contactEmail: config.contactEmail ?? '',
      languages: ['en'],
      rules: [],
      version: programVersion(),
      sourceUrl: '',
    },
    mediaSecret: Buffer.from(hkdfSync('sha256', operatorKey, '', 'plaza media addresses', 32)).toString('base64url'),
    mailEnabled: config.smtpUrl !== undefined && config.smtpFrom !== undefined,
    socialProvider: config.oidcIssuer === undefined || config.oidcClientId === undefined ? null : config.oidcName,
    logOneOf: 100,
    alone: true,
  };
}
