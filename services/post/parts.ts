import { userContract } from '#contracts/services/user.ts';
import type { Platform, Ports } from '#platform/lifecycle/platform.ts';
import { type WideOutbox, wideOutbox } from '#platform/outbox/wide-outbox.ts';
import { type WideRelay, wideRelay } from '#platform/outbox/wide-relay.ts';
import type { PostConfig } from './config.ts';
import { CreatePost } from './create.ts';
import { PostEvents } from './events.ts';
import type { PostMedia } from './media-port.ts';
import { React } from './react.ts';
import { RemovePost } from './remove.ts';
import { Reposting } from './repost.ts';
import { ShownPosts } from './shown.ts';
import { AuthorListing } from './store/author-listing.ts';
import { CountStore } from './store/count-store.ts';
import { DeedStore } from './store/deed-store.ts';
import { PinStore } from './store/pin-store.ts';
import { PollStore } from './store/poll-store.ts';
import { PostStore } from './store/post-store.ts';
import { RepostStore } from './store/repost-store.ts';
import { Reservations } from './store/reservations.ts';
import { Revisions } from './store/revisions.ts';

/** Everything this service is made of, made once and passed to whoever needs it. */
export type PostParts = ReturnType<typeof postParts>;

export function postParts(platform: Platform, ports: Ports, config: PostConfig, media: PostMedia) {
  const { clock, ids, faults, random, log } = platform;
  const { relational, wideColumn: wide, bus } = ports;
  const users = platform.services.client(userContract);
  const outbox: WideOutbox = wideOutbox({ service: 'post', wide, clock });
  const relay: WideRelay = wideRelay({ wide, outbox, bus, clock, random, faults, log });
  const events = new PostEvents({ clock, ids, outbox, relay });

  const posts = new PostStore({ wideColumn: wide, onlyWriter: config.onlyWriter });
  const shown = new ShownPosts(posts, users);
  const deeds = new DeedStore(wide);
  const counts = new CountStore(wide);
  const listing = new AuthorListing(wide);
  const pins = new PinStore(relational);
  const polls = new PollStore(relational);
  const reservations = new Reservations(relational);
  const reposts = new RepostStore(relational);
  const revisions = new Revisions(clock);

  const localHosts = new Set(config.localHosts);
  const create = new CreatePost({
    clock,
    ids,
    faults,
    users,
    posts,
    shown,
    reservations,
    polls,
    media,
    events,
    localHosts,
  });
  const reposting = new Reposting({ ids, posts, shown, deeds, reposts, events });
  const removing = new RemovePost({ posts, shown, media, events, reposting });
  const react = new React({ posts, shown, deeds, revisions, events });

  return {
    clock,
    wide,
    relational,
    users,
    media,
    outbox,
    relay,
    events,
    posts,
    shown,
    deeds,
    counts,
    listing,
    pins,
    polls,
    reservations,
    create,
    reposting,
    removing,
    react,
  };
}
