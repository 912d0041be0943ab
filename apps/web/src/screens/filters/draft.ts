import type { FilterChange } from '../../api/filters.ts';
import type { Filter } from '../../api/types.ts';

export interface Word {
  /** Names it in the form. */
  readonly key: string;
  /** As the server names it; undefined for a new one. */
  readonly id?: string;
  readonly text: string;
  readonly whole: boolean;
}

/** A filter while it is written. */
export interface FilterDraft {
  readonly title: string;
  readonly words: readonly Word[];
  readonly action: Filter['filter_action'];
  readonly context: Filter['context'];
  /** `keep`: as it is; null: without an end; else seconds from now. */
  readonly expires: 'keep' | null | number;
}

export type Fault = 'title' | 'words' | 'context';

export const EVERYWHERE: Filter['context'] = ['home', 'public', 'thread', 'account', 'notifications'];

export function draftOf(filter: Filter | undefined, newKey: () => string): FilterDraft {
  if (filter === undefined) {
    return {
      title: '',
      words: [{ key: newKey(), text: '', whole: true }],
      action: 'warn',
      context: EVERYWHERE,
      expires: null,
    };
  }
  return {
    title: filter.title,
    words: filter.keywords.map(({ id, keyword, whole_word }) => ({ key: id, id, text: keyword, whole: whole_word })),
    action: filter.filter_action,
    context: filter.context,
    expires: filter.expires_at === null ? null : 'keep',
  };
}

/** What is missing. A filter that names posts needs no words. */
export function faultsOf({ title, words, context }: FilterDraft, filter: Filter | undefined): readonly Fault[] {
  const faults: Fault[] = [];
  if (title.trim() === '') faults.push('title');
  if (words.every(({ text }) => text.trim() === '') && !filter?.statuses.length) faults.push('words');
  if (context.length === 0) faults.push('context');
  return faults;
}

/** What is sent to the server: words that were there and are empty now, or gone, are removed. */
export function changeOf(draft: FilterDraft, filter: Filter | undefined): FilterChange {
  const written = draft.words.filter(({ text }) => text.trim() !== '');
  const kept = new Set(written.map(({ id }) => id));
  const removed = filter?.keywords.filter(({ id }) => !kept.has(id)) ?? [];
  return {
    title: draft.title.trim(),
    context: [...draft.context],
    filter_action: draft.action,
    ...expiry(draft, filter),
    keywords_attributes: [
      ...written.map(({ id, text, whole }) => ({
        ...(id !== undefined && { id }),
        keyword: text.trim(),
        whole_word: whole,
        _destroy: false,
      })),
      ...removed.map(({ id }) => ({ id, _destroy: true })),
    ],
  };
}

/** 0 takes an end away; a new filter has none until it is given one. */
function expiry({ expires }: FilterDraft, filter: Filter | undefined): { readonly expires_in?: number } {
  if (expires === 'keep' || (expires === null && filter === undefined)) return {};
  return { expires_in: expires ?? 0 };
}
