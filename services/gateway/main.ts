import type { AddressInfo } from 'node:net';
import { authenticationContract } from '#contracts/services/authentication.ts';
import { feedContract } from '#contracts/services/feed.ts';
import { postContract } from '#contracts/services/post.ts';
import { userContract } from '#contracts/services/user.ts';
import { Crowds } from '#platform/coalesce/crowds.ts';
import { FreshReads } from '#platform/coalesce/fresh-reads.ts';
import { closeServer } from '#platform/lifecycle/close-server.ts';
import type { Platform, Ports } from '#platform/lifecycle/platform.ts';
import { noTraces, type Traces } from '#platform/telemetry/traces.ts';
import { Principals } from './access/principals.ts';
import { loadClient } from './client/client-build.ts';
import { mountClient } from './client/mount-client.ts';
import type { GatewayConfig } from './config.ts';
import type { Gateway, Services } from './gateway.ts';
import { answerHealth } from './http/health.ts';
import { RememberedAnswers } from './http/remembered-answers.ts';
import { RateLimiter } from './limits/rate-limiter.ts';
import { countUnknown, type Frame, mount } from './mount.ts';
import { loadAssets } from './pages/frame/assets.ts';
import { mountPages, sendErrorPage } from './pages/frame/mount-pages.ts';
import { createSite } from './pages/frame/site.ts';
import { pages } from './pages/index.ts';
import { pageSources } from './pages/shell/policy.ts';
import { createPresenters } from './present/presenters.ts';
import { routes } from './routes/index.ts';
import { createServer } from './server.ts';
import { createSignedUrls } from './signed-urls.ts';

export interface RunningGateway {
  /** Where it listens: `http://127.0.0.1:3000`. */
  readonly address: string;
  /** Forgets what may lag for a moment (names and counts of accounts), so that the next answers are of now. */
  drain(): Promise<void>;
  /** Takes no more requests, lets those under way finish, and closes. */
  stop(): Promise<void>;
}

/** What the process lends to its gateway. */
export interface Surroundings {
  readonly traces?: Traces;
  /** What a load balancer is told. */
  readonly readiness?: { readonly ready: boolean };
}

/** The public API. It holds no data: everything is asked of the services, and everything it remembers may be forgotten. */
export async function startGateway(
  platform: Platform,
  ports: Pick<Ports, 'cache' | 'objects'>,
  config: GatewayConfig,
  surroundings: Surroundings = {},
): Promise<RunningGateway> {
  const { clock, faults, ids, random, log, metrics } = platform;
  const { traces = noTraces, readiness = { ready: true } } = surroundings;
  const services: Services = {
    authentication: platform.services.client(authenticationContract),
    user: platform.services.client(userContract),
    post: platform.services.client(postContract),
    feed: platform.services.client(feedContract),
  };
  const signedUrls = createSignedUrls(config.mediaSecret, clock);
  const present = createPresenters(services, config, signedUrls, clock, ports.cache);
  const gateway: Gateway = {
    services,
    present,
    publicAnswers: new FreshReads(platform.shared ? new Crowds(clock) : undefined),
    config,
    objects: ports.objects,
    signedUrls,
    clock,
    faults,
    ids,
    random,
  };
  const frame: Frame = {
    gateway,
    principals: new Principals(services.authentication, clock),
    limiter: config.rateLimits === 'off' ? null : new RateLimiter(config.rateLimits, ports.cache, clock),
    traces,
    remembered: config.remembersAnswers === true ? new RememberedAnswers(clock, metrics) : null,
  };
  const assets = await loadAssets();
  const client = config.client && (await loadClient(config.client.folder, config.instance.title));
  const sources = await pageSources(config, ports.objects);
  const site = createSite(gateway, assets, client, sources);
  const server = await createServer({
    ...{ config, routes: [...routes, ...pages], log, metrics, random },
    countUnknown: (request, reply) => countUnknown(frame, request, reply),
    sendErrorPage: (failure, request, reply) => sendErrorPage(failure, request, reply, site),
  });
  answerHealth(server, readiness);
  for (const route of routes) mount(server, route, frame);
  mountPages(server, assets, { frame, site, log });
  if (client !== undefined) mountClient(server, client, ["'self'", ...sources.assets, ...sources.files]);
  await server.listen({ host: config.host, port: config.port });
  const { address, family, port } = server.server.address() as AddressInfo;
  return {
    address: `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`,
    async drain() {
      present.accounts.forgetAll();
    },
    stop: () => closeServer(server, clock),
  };
}
