import type { FeedService } from '#contracts/services/feed.ts';
import type { PostService } from '#contracts/services/post.ts';
import type { UserService } from '#contracts/services/user.ts';
import type { Clock } from '#platform/clock/clock.ts';
import type { Cache } from '#ports/cache/port.ts';
import type { GatewayConfig } from '../config.ts';
import type { SignedUrls } from '../signed-urls.ts';
import { AccountChanges } from './account-changes.ts';
import { Accounts, CHANGE_MS } from './accounts.ts';
import { type MediaPresenter, mediaPresenter } from './media.ts';
import { StatusPieces } from './status-pieces.ts';
import { Statuses } from './statuses.ts';
import { Tags } from './tags.ts';
import { createUrls, type Urls } from './urls.ts';
import { ViewerFilters } from './viewer-filters.ts';

/** Makes what services answer into what clients read. */
export interface Presenters {
  readonly urls: Urls;
  readonly accounts: Accounts;
  readonly statuses: Statuses;
  readonly tags: Tags;
  readonly filters: ViewerFilters;
  readonly media: MediaPresenter;
}

export function createPresenters(
  services: { readonly user: UserService; readonly post: PostService; readonly feed: FeedService },
  config: Pick<GatewayConfig, 'origin' | 'mediaBase' | 'alone'>,
  signedUrls: SignedUrls,
  clock: Clock,
  cache: Pick<Cache, 'getMany' | 'setMany'>,
): Presenters {
  const urls = createUrls(config.origin, config.mediaBase);
  const media = mediaPresenter(urls, signedUrls);
  const alone = config.alone === true;
  const changes = alone ? undefined : new AccountChanges(cache, CHANGE_MS);
  const accounts = new Accounts(services.user, urls, clock, changes);
  const pieces = new StatusPieces(urls, media);
  const filters = new ViewerFilters(services.feed, clock, alone);
  const statuses = new Statuses({ post: services.post, accounts, pieces, media, filters });
  const tags = new Tags(services.post, services.feed, urls);
  return { urls, accounts, statuses, tags, filters, media };
}
