import { compareIds } from '#platform/ids/ids.ts';
import type { Community } from './community.ts';

const FOLD_WINDOW = 40;

/** What a home has to show, and what it may show besides; newest first. */
export interface ExpectedHome {
  readonly must: readonly string[];
  readonly may: ReadonlySet<string>;
}

/**
 * What stands in somebody's home, from the definition alone: no entries, no caches, every rule written down a second time. Folding counts entries, and those of
 * posts that are gone or of people who are no longer followed may still count: where that decides, both answers are right.
 */
export function homeOf(community: Community, reader: string): ExpectedHome {
  const me = community.people.get(reader)!;
  const isMine = (author: string) => author === reader;
  const follows = (author: string) => me.follows.has(author);
  const visible = (id: string): boolean => {
    const { head } = community.posts.get(id)!;
    if (head.state !== 'live' || community.people.get(head.authorId)!.state !== 'active') return false;
    if (isMine(head.authorId)) return true;
    if (me.blocks.has(head.authorId) || community.people.get(head.authorId)!.blocks.has(reader)) return false;
    if (me.mutes.has(head.authorId)) return false;
    return head.visibility !== 'followers' || follows(head.authorId);
  };
  const unwanted = (author: string | null) => author !== null && (me.blocks.has(author) || me.mutes.has(author));

  const everything = [...community.posts.keys()].sort((a, b) => compareIds(b, a));
  const counts = (id: string) => {
    const { head } = community.posts.get(id)!;
    return (isMine(head.authorId) || follows(head.authorId)) && head.state !== 'deleted';
  };

  const stands = (id: string): boolean => {
    const { head } = community.posts.get(id)!;
    if (!counts(id) || !visible(id)) return false;
    if (head.repostOfId !== null && !visible(head.repostOfId)) return false;
    if (isMine(head.authorId)) return true;
    const target = head.repostOfId === null ? undefined : community.posts.get(head.repostOfId)!.head;
    if (unwanted(head.replyToAuthorId) || (target !== undefined && unwanted(target.replyToAuthorId))) return false;
    if (target !== undefined) return me.follows.get(head.authorId)!.showReposts;
    const to = head.replyToAuthorId;
    return to === null || to === head.authorId || isMine(to) || follows(to);
  };

  const must: string[] = [];
  const may = new Set<string>();
  for (const [index, id] of everything.entries()) {
    if (!stands(id)) continue;
    const folds = foldingOf(index, id);
    if (folds === 'always') continue;
    may.add(id);
    if (folds === 'never') must.push(id);
  }
  return { must, may };

  function foldingOf(index: number, id: string): 'always' | 'perhaps' | 'never' {
    const target = community.posts.get(id)!.head.repostOfId;
    if (target === null) return 'never';
    let sure = 0;
    let answer: 'perhaps' | 'never' = 'never';
    for (let older = index + 1; older < everything.length; older++) {
      const other = everything[older]!;
      if (counts(other)) sure++;
      if (sure > FOLD_WINDOW) return answer;
      const same = other === target || community.posts.get(other)!.head.repostOfId === target;
      if (!same || !stands(other)) continue;
      if (older - index <= FOLD_WINDOW) return 'always';
      answer = 'perhaps';
    }
    return answer;
  }
}
