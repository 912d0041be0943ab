import type { UserService } from '#contracts/services/user.ts';
import type { Clock } from '#platform/clock/clock.ts';
import type { IdGenerator } from '#platform/ids/ids.ts';
import type { Random } from '#platform/random/random.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import type { Relational } from '#ports/relational/port.ts';
import type { AuthenticationConfig } from './config.ts';
import type { SigningKeys } from './keys/signing-keys.ts';
import type { MailQueue } from './mail/queue.ts';
import type { OAuthServer } from './oauth/server.ts';
import type { CommonPasswords } from './passwords/common-passwords.ts';
import type { PasswordHasher } from './passwords/hasher.ts';
import type { Principals } from './principals.ts';
import type { Sealer } from './secrets/sealer.ts';
import type { Sessions } from './sessions.ts';
import type { SocialProvider } from './social/provider.ts';
import type { AccountStore } from './store/accounts.ts';
import type { AppStore } from './store/apps.ts';
import type { SessionStore } from './store/sessions.ts';
import type { Throttle } from './throttle.ts';
import type { Tickets } from './tickets.ts';

/** What this service is put together from. An operation names those it takes: `Pick<Parts, 'clock' | 'sessions'>`. */
export interface Parts {
  readonly config: AuthenticationConfig;
  readonly clock: Clock;
  readonly random: Random;
  readonly ids: IdGenerator;
  readonly log: Logger;
  readonly relational: Relational;
  readonly user: UserService;
  readonly accounts: AccountStore;
  readonly sessionStore: SessionStore;
  readonly apps: AppStore;
  readonly sealer: Sealer;
  readonly hasher: PasswordHasher;
  readonly isCommon: CommonPasswords;
  readonly throttle: Throttle;
  readonly keys: SigningKeys;
  readonly sessions: Sessions;
  readonly principals: Principals;
  readonly tickets: Tickets;
  readonly mail: MailQueue;
  readonly oauth: OAuthServer;
  /** Null when none is configured. */
  readonly social: SocialProvider | null;
  /** Something was written to the outbox. */
  readonly wakeRelay: () => void;
}
