import { authenticationContract } from '#contracts/services/authentication.ts';
import { userContract } from '#contracts/services/user.ts';
import type { Platform, Ports, RunningService } from '#platform/lifecycle/platform.ts';
import { StartError } from '#platform/lifecycle/start-error.ts';
import { startConsumer } from '#platform/outbox/consumer.ts';
import { relationalRelay } from '#platform/outbox/relational-relay.ts';
import type { AuthenticationConfig } from './config.ts';
import { eventHandlers } from './consumer.ts';
import { createSigningKeys } from './keys/signing-keys.ts';
import { createMailQueue } from './mail/queue.ts';
import { createOAuthServer } from './oauth/server.ts';
import type { Parts } from './parts.ts';
import { createCommonPasswords } from './passwords/common-passwords.ts';
import { createPasswordHasher } from './passwords/hasher.ts';
import { createPrincipals } from './principals.ts';
import { createSealer, WrongOperatorKey } from './secrets/sealer.ts';
import { authenticationService } from './service.ts';
import { createSessions } from './sessions.ts';
import { accountStore } from './store/accounts.ts';
import { appStore } from './store/apps.ts';
import { MIGRATIONS } from './store/migrations.ts';
import { outbox, SERVICE } from './store/session-events.ts';
import { sessionStore as createSessionStore } from './store/sessions.ts';
import { createSweeper } from './sweeper.ts';
import { createThrottle, noThrottle } from './throttle.ts';
import { createTickets } from './tickets.ts';

export type { AuthenticationConfig, SignUpMode } from './config.ts';

type PortParts = Pick<Ports, 'relational' | 'bus' | 'cache'>;

/** Starts the service: tables, keys, the relay of its outbox, the mailer, the sweeper and the consumer of account events. */
export async function startAuthentication(
  platform: Platform,
  ports: PortParts,
  config: AuthenticationConfig,
): Promise<RunningService<typeof authenticationContract>> {
  const { clock, random, ids, faults, log, metrics, services, shared = false } = platform;
  const { relational, bus, cache } = ports;
  await relational.migrate(SERVICE, MIGRATIONS);

  const relay = relationalRelay({ relational, outbox, bus, clock, random, faults, log, shared });
  const wakeRelay = () => relay.wake();
  const sealer = createSealer(config.operatorKey, random);
  const keys = createSigningKeys(relational, sealer, clock, random, config.origin);
  const sessionStore = createSessionStore(relational);
  const apps = appStore(relational);
  const sessions = createSessions({ relational, clock, ids, random, keys, wakeRelay });
  const mail = createMailQueue({
    relational,
    sealer,
    clock,
    ids,
    origin: config.origin,
    enabled: config.smtp !== null,
    wake: () => mailer?.wake(),
  });
  const mailer =
    config.smtp === null
      ? null
      : (await import('./mail/mailer.ts')).createMailer({ relational, clock, log, queue: mail, smtp: config.smtp });

  const parts: Parts = {
    config,
    clock,
    random,
    ids,
    log,
    relational,
    user: services.client(userContract),
    accounts: accountStore(relational),
    sessionStore,
    apps,
    sealer,
    hasher: createPasswordHasher(),
    isCommon: createCommonPasswords(),
    throttle: config.rateLimits === false ? noThrottle : createThrottle(cache, clock, sealer),
    keys,
    sessions,
    principals: createPrincipals(sessionStore, keys, clock, log),
    tickets: createTickets(relational, sealer, clock, random),
    mail,
    oauth: createOAuthServer({ apps, sessions, relational, clock, random, wakeRelay }),
    social: config.oidc === null ? null : (await import('./social/provider.ts')).createSocialProvider(config.oidc, log),
    wakeRelay,
  };

  await keys.rotate().catch((error) => {
    throw error instanceof WrongOperatorKey ? lostKey() : error;
  });
  await relay.start();
  mailer?.start();
  const sweeper = createSweeper(parts, () => mailer?.wake());
  const consumer = await startConsumer({
    bus,
    clock,
    metrics,
    group: SERVICE,
    tier: 'core',
    handlers: eventHandlers(parts),
  });
  sweeper.start();

  return {
    contract: authenticationContract,
    api: authenticationService(parts),
    relays: { authentication: relay },
    async drain() {
      await sweeper.drain();
      await mailer?.drain();
      await relay.drain();
    },
    async stop() {
      await consumer.stop();
      await sweeper.stop();
      await mailer?.stop();
      await relay.stop();
    },
  };
}

function lostKey(): StartError {
  return new StartError(
    'The operator key is not the one under which this data was encrypted: restore keys/operator.key or PLAZA_OPERATOR_KEY from a backup.',
  );
}
