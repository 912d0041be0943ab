import type { Config } from '#platform/config/config.ts';
import type { CalledService } from '#platform/config/service-names.ts';
import type { RunningService } from '#platform/lifecycle/platform.ts';
import { createDecoder, type Decoder } from '#platform/media/decoder.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import { LIMITS } from '#policies/limits/limits.ts';
import { feedDefaults } from '#services/feed/config.ts';
import type { PortName } from '../ports/names.ts';
import type { Foundation } from './foundation.ts';

/** What a service is started with. */
export interface Room extends Foundation {
  readonly origin: string;
  readonly operatorKey: () => Buffer;
  /** One for the process, made when somebody asks for it. */
  readonly decoder: () => Decoder;
}

export interface StartedHere {
  /** Ports that it uses. */
  readonly needs: readonly PortName[];
  start(room: Room): Promise<RunningService>;
}

/** How each service that others call is started, in an order in which each finds what it calls. A process loads those that it starts. */
export const CALLED: { readonly [S in CalledService]: StartedHere } = {
  user: {
    needs: ['relational', 'bus', 'objects'],
    async start({ platform, ports, decoder }) {
      const { startUser } = await import('#services/user/main.ts');
      return startUser(platform, ports, { renderVariants: (...job) => decoder().renderVariants(...job) });
    },
  },
  authentication: {
    needs: ['relational', 'bus', 'cache'],
    async start(room) {
      const { startAuthentication } = await import('#services/authentication/main.ts');
      return startAuthentication(room.platform, room.ports, authenticationConfig(room));
    },
  },
  post: {
    needs: ['relational', 'wideColumn', 'bus', 'objects'],
    async start({ platform, ports, config, origin, decoder }) {
      const { startPost } = await import('#services/post/main.ts');
      return startPost(platform, ports, {
        onlyWriter: !platform.shared,
        localHosts: [new URL(origin).host],
        media: { decoder: { prepare: (...job) => decoder().prepare(...job) }, quotaBytes: config.mediaQuotaBytes },
      });
    },
  },
  feed: {
    needs: ['relational', 'wideColumn', 'bus', 'cache'],
    async start({ platform, ports }) {
      const { startFeed } = await import('#services/feed/main.ts');
      return startFeed(platform, ports, { ...feedDefaults, shared: platform.shared === true });
    },
  },
};

/** A decoder at the first call; what was not asked for is not stopped either. */
export function decoderWhenAsked(log: Logger, stack: AsyncDisposableStack): () => Decoder {
  let decoder: Decoder | undefined;
  stack.defer(() => decoder?.stop());
  return () => {
    const { imageBytes: inputBytes, imagePixels: pixels } = LIMITS;
    decoder ??= createDecoder({ log, limits: { inputBytes, pixels } });
    return decoder;
  };
}

function authenticationConfig({ config, origin, operatorKey }: Room) {
  return {
    origin,
    signUpMode: config.signup,
    smtp: mailOf(config),
    operatorKey: operatorKey(),
    oidc: providerOf(config),
    rateLimits: config.rateLimits === 'on',
  };
}

function mailOf({ smtpUrl: url, smtpFrom: from }: Config) {
  return url === undefined || from === undefined ? null : { url, from };
}

function providerOf({ oidcIssuer: issuer, oidcClientId: clientId, oidcClientSecret, oidcName: name }: Config) {
  if (issuer === undefined || clientId === undefined) return null;
  return { issuer, clientId, clientSecret: oidcClientSecret ?? null, name };
}
