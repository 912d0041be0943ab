import { invalid } from '#platform/errors/errors.ts';
import type { IdGenerator } from '#platform/ids/ids.ts';
import type { KeywordChanges } from '../scripts/filters.ts';
import { checkedText } from './text.ts';

/** What a client wants of one keyword: without an id it is a new one. */
interface WantedKeyword {
  readonly id?: string;
  readonly keyword?: string;
  readonly wholeWord?: boolean;
  readonly remove?: boolean;
}

export function keywordChanges(
  wanted: readonly WantedKeyword[],
  { filterId, ownerId, ids }: { filterId: string; ownerId: string; ids: IdGenerator },
): KeywordChanges {
  const add: KeywordChanges['add'][number][] = [];
  const update: KeywordChanges['update'][number][] = [];
  const remove: string[] = [];
  for (const { id, keyword, wholeWord, remove: gone } of wanted) {
    if (id === undefined) {
      if (gone) continue;
      if (keyword === undefined) throw invalid('keyword', 'ERR_BLANK', "keyword can't be blank");
      add.push({
        id: ids.next(),
        filter_id: filterId,
        owner_id: ownerId,
        keyword: checkedText('keyword', keyword),
        whole_word: wholeWord === false ? 0 : 1,
      });
    } else if (gone) {
      remove.push(id);
    } else {
      update.push({
        id,
        ...(keyword === undefined ? {} : { keyword: checkedText('keyword', keyword) }),
        ...(wholeWord === undefined ? {} : { whole_word: wholeWord ? 1 : 0 }),
      });
    }
  }
  return { add, update, remove };
}
