import type { AuthorFacts } from '#contracts/model/account.ts';
import type { PostHead, ShownPost } from '#contracts/model/post.ts';
import { mayListPost } from '#policies/visibility/visibility.ts';
import type { Entry } from '../entries/entry.ts';
import type { Material } from './material.ts';

/** What else a reader's home or list is arranged by. */
export interface Arrangement {
  /** Authors whose posts stand in an exclusive list instead of home. */
  readonly excludedAuthors: ReadonlySet<string>;
  /** Whether a post has a hashtag that the reader follows now; asked only for posts whose author is not followed. */
  followsTagOf(entry: Entry): boolean;
  /** Whether a reply to somebody else may stand, when its author is followed. */
  mayStandAsReply(replyToAuthorId: string, replyToFacts: AuthorFacts | undefined): boolean;
}

/** The post as it is shown, if the viewer may see it in a list that did not ask for it by name; for a repost, its target too. */
export function listed(entry: Entry, material: Material): ShownPost | undefined {
  const head = visibleHead(entry.postId, material);
  if (head === undefined) return undefined;
  if (head.kind === 'post') return { head };
  const target = head.repostOfId === null ? undefined : visibleHead(head.repostOfId, material);
  return target === undefined ? undefined : { head, target };
}

function visibleHead(id: string, material: Material): PostHead | undefined {
  const head = material.head(id);
  const facts = head === undefined ? undefined : material.facts(head.authorId);
  if (head === undefined || facts === undefined) return undefined;
  const viewer = material.viewerId === null ? null : { id: material.viewerId };
  return mayListPost(viewer, head, facts) ? head : undefined;
}

/** Whether a post stands in a home or list of people whom the reader follows. */
export function stands(entry: Entry, material: Material, arrangement: Arrangement): ShownPost | undefined {
  const shown = listed(entry, material);
  if (shown === undefined) return undefined;
  if (shown.head.authorId === material.viewerId) return shown;
  if (touchesUnwanted(shown.head, material)) return undefined;
  if (shown.target !== undefined && touchesUnwanted(shown.target, material)) return undefined;
  return standsByAuthor(shown, material, arrangement) || standsByTag(shown, entry, arrangement) ? shown : undefined;
}

function standsByAuthor({ head, target }: ShownPost, material: Material, arrangement: Arrangement): boolean {
  const facts = material.facts(head.authorId);
  if (!facts?.following || arrangement.excludedAuthors.has(head.authorId)) return false;
  if (target !== undefined && !facts.showingReposts) return false;
  const language = (target ?? head).language;
  if (facts.languages.length > 0 && language !== null && !facts.languages.includes(language)) return false;
  return target !== undefined || repliesFittingly(head, material, arrangement);
}

/** Replies to oneself and to the reader always stand. One whose addressee is unknown has lost its context. */
function repliesFittingly(head: PostHead, material: Material, arrangement: Arrangement): boolean {
  if (head.replyToId === null) return true;
  const to = head.replyToAuthorId;
  if (to === null) return false;
  return (
    to === head.authorId || to === material.viewerId || arrangement.mayStandAsReply(to, material.facts(to) ?? undefined)
  );
}

function standsByTag({ head }: ShownPost, entry: Entry, arrangement: Arrangement): boolean {
  return entry.tags !== '' && head.kind === 'post' && head.visibility === 'public' && arrangement.followsTagOf(entry);
}

/** Whether it answers or mentions somebody whom the viewer blocks or mutes. */
function touchesUnwanted(head: PostHead, material: Material): boolean {
  const unwanted = (id: string) => {
    const facts = material.facts(id);
    return facts !== undefined && (facts.blocking || facts.muting);
  };
  return (head.replyToAuthorId !== null && unwanted(head.replyToAuthorId)) || head.mentionedIds.some(unwanted);
}
