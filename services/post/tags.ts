import type { Hashtag } from '#contracts/model/post.ts';
import type { CallContext } from '#platform/calls/context.ts';
import type { Clock } from '#platform/clock/clock.ts';
import { invalid, notFound } from '#platform/errors/errors.ts';
import { type IdGenerator, idTimeMs } from '#platform/ids/ids.ts';
import { isTagName, tagName } from '#policies/text/entities.ts';
import { maySeeAccount } from '#policies/visibility/visibility.ts';
import type { Relational } from '#ports/relational/port.ts';
import { requireAccount } from './caller.ts';
import { featureTag } from './scripts/tags.ts';
import { type ShownPosts, viewerOf } from './shown.ts';
import type { AuthorListing } from './store/author-listing.ts';
import type { TagStore } from './store/tag-store.ts';

export interface TagTools {
  readonly clock: Clock;
  readonly ids: IdGenerator;
  readonly relational: Relational;
  readonly tags: TagStore;
  readonly listing: AuthorListing;
  readonly shown: ShownPosts;
}

export interface FeaturedTag {
  id: string;
  name: string;
  posts: number;
  lastPostMs: number | null;
}

/** Posts with one hashtag of one author that are counted; nobody reads a larger number. */
const MAX_COUNTED = 5_000;
const PAGE = 500;

/** Public numbers; names that cannot be hashtags are left out. */
export async function getHashtags({ tags, clock }: TagTools, names: readonly string[]): Promise<{ tags: Hashtag[] }> {
  const wanted = [...new Set(names.map(tagName))].filter(isTagName);
  return { tags: await tags.usage(wanted, clock.now()) };
}

export async function searchHashtags(
  { tags, clock }: TagTools,
  { prefix, offset, limit }: { prefix: string; offset: number; limit: number },
): Promise<{ tags: Hashtag[] }> {
  const name = tagName(prefix.trim());
  if (name === '') return { tags: [] };
  return { tags: await tags.usage(await tags.startingWith(name, offset, limit), clock.now()) };
}

/** The hashtags on a profile that the caller may see. */
export async function listFeaturedTags(
  tools: TagTools,
  accountId: string,
  context: CallContext,
): Promise<{ tags: FeaturedTag[] }> {
  const facts = (await tools.shown.facts([accountId], context)).get(accountId);
  if (facts === undefined || !maySeeAccount(viewerOf(context), facts)) throw notFound();
  const rows = await tools.tags.featuredOf(accountId);
  return { tags: await Promise.all(rows.map(({ id, name }) => describe(tools, id, accountId, name))) };
}

export async function feature(tools: TagTools, name: string, context: CallContext): Promise<FeaturedTag> {
  const accountId = requireAccount(context);
  const wanted = tagName(name.trim());
  if (!isTagName(wanted)) throw invalid('name', 'ERR_INVALID', 'Name is not a hashtag');
  const id = await tools.relational.run(featureTag, { id: tools.ids.next(), accountId, name: wanted });
  return describe(tools, id, accountId, wanted);
}

export async function unfeature({ tags }: TagTools, id: string, context: CallContext): Promise<void> {
  if (!(await tags.unfeature(id, requireAccount(context)))) throw notFound();
}

/** Only posts that everybody may see are counted. */
async function describe({ listing }: TagTools, id: string, accountId: string, name: string): Promise<FeaturedTag> {
  let posts = 0;
  let seen = 0;
  let lastPostMs: number | null = null;
  for await (const rows of listing.taggedPages(accountId, name, {}, PAGE)) {
    for (const row of rows) {
      if (row.visibility === 'followers') continue;
      posts++;
      lastPostMs ??= idTimeMs(row.id);
    }
    seen += rows.length;
    if (seen >= MAX_COUNTED) break;
  }
  return { id, name, posts, lastPostMs };
}
