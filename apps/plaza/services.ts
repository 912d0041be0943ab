import type { Config } from '#platform/config/config.ts';
import { publicOrigin } from '#platform/config/config.ts';
import type { Platform, Ports, RunningService } from '#platform/lifecycle/platform.ts';
import { startAuthentication } from '#services/authentication/main.ts';
import { startFeed } from '#services/feed/main.ts';
import { startGateway } from '#services/gateway/main.ts';
import { startPost } from '#services/post/main.ts';
import { startUser } from '#services/user/main.ts';

export interface ServicesOptions {
  readonly platform: Platform;
  readonly ports: Ports;
  readonly config: Config;
  readonly operatorKey: Buffer;
  readonly serve: boolean;
  /** Takes what must be stopped, in order. */
  readonly stack: AsyncDisposableStack;
}
