import type { CredentialAccount } from '../../../api/types.ts';
import { forgetUnsaved, keepUnsaved, unsaved } from '../../../offline/unsaved.ts';
import { changesOf, draftOf, type ProfileDraft } from './draft.ts';

const KEPT_AS = 'profile';

/** New pictures cannot be kept as words are: they stay while somebody looks elsewhere, and are lost with the page. */
let pictures: Partial<Record<'avatar' | 'header', Blob>> = {};

/** The profile with what was changed of it and not saved yet. */
export function unsavedDraft(account: CredentialAccount): ProfileDraft {
  return { ...draftOf(account), ...(unsaved(KEPT_AS) as Partial<ProfileDraft> | undefined), ...pictures };
}

export function keepDraft(draft: ProfileDraft, account: CredentialAccount): void {
  const changes = Object.entries(changesOf(draft, account));
  pictures = Object.fromEntries(changes.filter(([, value]) => value instanceof Blob));
  const words = changes.filter(([, value]) => !(value instanceof Blob));
  if (words.length === 0) forgetUnsaved(KEPT_AS);
  else keepUnsaved(KEPT_AS, Object.fromEntries(words));
}

export function forgetDraft(): void {
  pictures = {};
  forgetUnsaved(KEPT_AS);
}
