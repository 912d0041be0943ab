import { userContract } from '#contracts/services/user.ts';
import type { Platform, Ports } from '#platform/lifecycle/platform.ts';
import { relationalRelay } from '#platform/outbox/relational-relay.ts';
import { SHARED_SHARDS, type WideOutbox, wideOutbox } from '#platform/outbox/wide-outbox.ts';
import { type WideRelay, wideRelay } from '#platform/outbox/wide-relay.ts';
import type { PostConfig } from './config.ts';
import { CreatePost } from './create.ts';
import { Drafts } from './drafts.ts';
import { EditPost } from './edit.ts';
import { Erasure } from './erasure.ts';
import { PostEvents } from './events.ts';
import { Maintenance } from './maintenance.ts';
import type { PostMedia } from './media-port.ts';
import { Publisher } from './publisher.ts';
import { React } from './react.ts';
import { Recount } from './recount.ts';
import { RemovePost } from './remove.ts';
import { Reposting } from './repost.ts';
import { Scheduling } from './scheduling.ts';
import { ShownPosts } from './shown.ts';
import { AuthorListing } from './store/author-listing.ts';
import { CountStore } from './store/count-store.ts';
import { DeedListing } from './store/deed-listing.ts';
import { DeedStore } from './store/deed-store.ts';
import { DraftStore } from './store/draft-store.ts';
import { ErasureStore } from './store/erasure-store.ts';
import { PinStore } from './store/pin-store.ts';
import { PollStore } from './store/poll-store.ts';
import { PostStore } from './store/post-store.ts';
import { RecentCounts } from './store/recent-counts.ts';
import { RepostStore } from './store/repost-store.ts';
import { Reservations } from './store/reservations.ts';
import { RevisionStore } from './store/revision-store.ts';
import { Revisions } from './store/revisions.ts';
import { ScheduledStore } from './store/scheduled-store.ts';
import { POST_RELATIONAL_OUTBOX } from './store/schema.ts';
import { TagStore } from './store/tag-store.ts';

/** Everything this service is made of, made once and passed to whoever needs it. */
export type PostParts = ReturnType<typeof postParts>;

export function postParts(platform: Platform, ports: Ports, config: PostConfig, media: PostMedia) {
  const { clock, ids, faults, random, log, shared = false } = platform;
  const { relational, wideColumn: wide, bus } = ports;
  const users = platform.services.client(userContract);
  const outbox: WideOutbox = wideOutbox({ service: 'post', wide, clock, shards: shared ? SHARED_SHARDS : 1 });
  const relayTools = { bus, clock, random, faults, log };
  const relay: WideRelay = wideRelay({ ...relayTools, wide, outbox, sharedBy: shared ? relational : undefined });
  const votesRelay = relationalRelay({ ...relayTools, relational, outbox: POST_RELATIONAL_OUTBOX, shared });
  const events = new PostEvents({ clock, ids, outbox, relay });

  const posts = new PostStore({ wideColumn: wide, onlyWriter: config.onlyWriter });
  const shown = new ShownPosts(posts, users);
  const deeds = new DeedStore(wide);
  const deedListing = new DeedListing(wide);
  const counts = new CountStore(wide);
  const recentCounts = new RecentCounts(counts, clock, config.onlyWriter);
  const listing = new AuthorListing(wide);
  const pins = new PinStore(relational);
  const polls = new PollStore(relational);
  const reservations = new Reservations(relational);
  const reposts = new RepostStore(relational);
  const revisions = new Revisions(clock);
  const revisionNumbers = new RevisionStore(relational);
  const scheduled = new ScheduledStore(relational);
  const draftStore = new DraftStore(relational);
  const tags = new TagStore(relational);
  const erasures = new ErasureStore(relational);
  const localHosts = new Set(config.localHosts);

  const common = { clock, ids, faults, log, wide, relational, users, posts, shown, media, events, localHosts };
  const create = new CreatePost({ ...common, reservations, polls });
  const editing = new EditPost({ ...common, polls, revisionNumbers });
  const reposting = new Reposting({ ...common, deeds, reposts });
  const removing = new RemovePost({ ...common, reposting });
  const react = new React({ ...common, deeds, revisions });
  const scheduling = new Scheduling({ ...common, scheduled, create });
  const drafts = new Drafts({ ...common, draftStore });
  const publisher = new Publisher({ ...common, scheduled, create });
  const recount = new Recount({ ...common, counts });
  const maintenance = new Maintenance({ clock, log, reservations, tags, recount });
  const erasure = new Erasure({
    ...common,
    erasures,
    listing,
    deedListing,
    removing,
    react,
    pins,
    reservations,
    scheduled,
    draftStore,
    tags,
  });

  return {
    ...common,
    outbox,
    relay,
    votesRelay,
    deeds,
    deedListing,
    counts,
    recentCounts,
    listing,
    pins,
    polls,
    revisionNumbers,
    tags,
    create,
    editing,
    reposting,
    removing,
    react,
    scheduling,
    drafts,
    publisher,
    maintenance,
    recount,
    erasure,
  };
}
