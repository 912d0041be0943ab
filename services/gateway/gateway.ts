import type { AuthenticationService } from '#contracts/services/authentication.ts';
import type { FeedService } from '#contracts/services/feed.ts';
import type { PostService } from '#contracts/services/post.ts';
import type { UserService } from '#contracts/services/user.ts';
import type { Clock } from '#platform/clock/clock.ts';
import type { FreshReads } from '#platform/coalesce/fresh-reads.ts';
import type { Faults } from '#platform/faults/faults.ts';
import type { IdGenerator } from '#platform/ids/ids.ts';
import type { Random } from '#platform/random/random.ts';
import type { ObjectStore } from '#ports/object-store/port.ts';
import type { GatewayConfig } from './config.ts';
import type { Answer } from './http/answer.ts';
import type { Presenters } from './present/presenters.ts';
import type { SignedUrls } from './signed-urls.ts';

export interface Services {
  readonly authentication: AuthenticationService;
  readonly user: UserService;
  readonly post: PostService;
  readonly feed: FeedService;
}

/** What routes work with. */
export interface Gateway {
  readonly services: Services;
  readonly present: Presenters;
  /** Answers that are the same for everybody without an account, by what they show: many who ask at once share them, and where services are shared, a crowd may get one of the last second. */
  readonly publicAnswers: FreshReads<Answer>;
  readonly config: GatewayConfig;
  readonly objects: ObjectStore;
  readonly signedUrls: SignedUrls;
  readonly clock: Clock;
  readonly faults: Faults;
  readonly ids: IdGenerator;
  readonly random: Random;
}
