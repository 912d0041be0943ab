import { answered, api } from '../api/client.ts';
import { ApiFailure } from '../api/failure.ts';
import type { Status } from '../api/types.ts';
import { me } from '../app/boot.ts';
import { t } from '../i18n/translate.ts';
import { toast } from '../ui/toasts.tsx';
import { beginDraft, changeDraft, putDraft } from './current-drafts.ts';
import { postingDefaults } from './defaults.ts';
import { type Draft, draftMedia, editDraft, emptyDraft, replyDraft } from './draft.ts';
import { keptDrafts } from './kept-drafts.ts';
import type { ComposerIntent } from './open.ts';
import { holdPlace, holdPlaceOfNew } from './places.ts';

/** What the composer opens with: what is kept of it on this device, else what it begins with. Its place is held until it is left. */
export async function draftOfIntent({ draft, edit, replyTo, text }: ComposerIntent): Promise<Draft> {
  const wanted = draft ?? (await freshDraft(edit, replyTo));
  const isNew = draft === undefined && edit === undefined && replyTo === undefined;
  const slot = isNew ? await holdPlaceOfNew(keptSlots()) : await holdPlace(wanted.slot);
  const begun = beginDraft({ ...wanted, slot });
  if (text !== undefined && !begun.text.includes(text.trim())) putDraft({ ...begun, text: joined(begun.text, text) });
  if (edit === undefined) void refreshMedia(begun);
  return begun;
}

async function freshDraft(edit: Status | undefined, replyTo: Status | undefined): Promise<Draft> {
  if (edit !== undefined) return editDraft(edit, await sourceOf(edit.id), Date.now());
  return replyTo === undefined ? emptyDraft(postingDefaults()) : replyDraft(replyTo, postingDefaults(), me().id);
}

function keptSlots(): string[] {
  return keptDrafts(me().id).map(({ draft }) => draft.slot);
}

/** What was typed of a post. */
export function sourceOf(id: string) {
  return answered(api.GET('/api/v1/statuses/{id}/source', { params: { path: { id } } }));
}

function joined(before: string, text: string): string {
  return before.trim() === '' ? text : `${before.trimEnd()}\n\n${text}`;
}

/** Addresses of pictures lapse, and the server sweeps what no post used for a day: those that are kept are looked at again. */
async function refreshMedia({ slot, media }: Draft): Promise<void> {
  const known = media.flatMap(({ id }) => id ?? []);
  const looks = await Promise.allSettled(
    known.map((id) => answered(api.GET('/api/v1/media/{id}', { params: { path: { id } } }))),
  );
  const gone = new Set<string>();
  const previews = new Map<string, string | null>();
  for (const [at, look] of looks.entries()) {
    if (look.status === 'fulfilled') previews.set(known[at]!, draftMedia(look.value).previewUrl);
    else if (look.reason instanceof ApiFailure && look.reason.kind === 'not-found') gone.add(known[at]!);
  }
  if (gone.size === 0 && previews.size === 0) return;
  changeDraft(slot, (draft) => ({
    ...draft,
    media: draft.media
      .filter(({ id }) => id === null || !gone.has(id))
      .map((one) => ({ ...one, previewUrl: previews.get(one.id ?? '') ?? one.previewUrl })),
  }));
  if (gone.size > 0) toast(t('composer.mediaGone', { n: gone.size }));
}
