import { answered, api } from '../api/client.ts';
import { CLIENT_HEADER } from '../api/client-header.ts';
import { ApiFailure, type ErrorBody, offlineFailure } from '../api/failure.ts';
import type { MediaAttachment } from '../api/types.ts';
import { boot } from '../app/boot.ts';
import { t } from '../i18n/translate.ts';
import { failureWords } from '../ui/failure-notice.tsx';
import { toast } from '../ui/toasts.tsx';
import { changeDraft, changeMedia, currentDraft } from './current-drafts.ts';
import { type DraftMedia, draftMedia } from './draft.ts';
import { newIdempotencyKey } from './idempotency-key.ts';
import { POST_REFUSALS } from './refusals.ts';

/** Files that are on their way or failed, by the key of their place in the draft. */
const files = new Map<string, { readonly file: File; request?: XMLHttpRequest }>();

/** Begins to upload files into a draft, as many as a post may have. */
export function addFiles(slot: string, added: readonly File[]): void {
  const draft = currentDraft(slot);
  if (draft === undefined || added.length === 0) return;
  const room = boot.instance.max_media_attachments - draft.media.length;
  if (draft.poll !== null) return void toast(t('composer.mediaOrPoll'));
  if (added.length > room) toast(t('composer.mediaMost', { n: boot.instance.max_media_attachments }));
  for (const file of added.slice(0, Math.max(0, room))) {
    const media = arriving(file);
    files.set(media.key, { file });
    changeDraft(slot, (before) => ({ ...before, media: [...before.media, media] }));
    upload(slot, media.key);
  }
}

export function retryUpload(slot: string, key: string): void {
  changeMedia(slot, key, { state: 'uploading', progress: 0, problem: null });
  upload(slot, key);
}

/** Takes a file out of a draft; what is on its way is called off, and what no post uses is deleted. */
export function removeMedia(slot: string, { key, id }: DraftMedia): void {
  const editing = currentDraft(slot)?.editId !== null;
  files.get(key)?.request?.abort();
  files.delete(key);
  changeDraft(slot, (draft) => ({ ...draft, media: draft.media.filter((one) => one.key !== key) }));
  // What nobody deletes is swept by the server after a while.
  if (id !== null && !editing) answered(api.DELETE('/api/v1/media/{id}', { params: { path: { id } } })).catch(() => {});
}

export function isUploading(): boolean {
  return [...files.values()].some(({ request }) => request !== undefined);
}

function arriving(file: File): DraftMedia {
  const [kind] = file.type.split('/');
  const type = kind === 'video' || kind === 'audio' ? kind : 'image';
  const focus = { x: 0, y: 0 };
  return {
    key: newIdempotencyKey(),
    id: null,
    state: 'uploading',
    progress: 0,
    problem: null,
    name: file.name,
    type,
    previewUrl: null,
    description: '',
    focus,
    told: { description: '', focus },
  };
}

/** By `XMLHttpRequest`: `fetch` does not say how far an upload is. */
function upload(slot: string, key: string): void {
  const waiting = files.get(key);
  if (waiting === undefined) return;
  const request = new XMLHttpRequest();
  waiting.request = request;
  const fail = (failure: ApiFailure) => {
    delete waiting.request;
    const problem = failure.status === 413 ? t('refused.tooLarge') : failureWords(failure, POST_REFUSALS);
    changeMedia(slot, key, { state: 'failed', problem });
  };
  request.upload.onprogress = ({ loaded, total }) => changeMedia(slot, key, { progress: loaded / total });
  request.onerror = () => fail(offlineFailure());
  request.onload = () => {
    if (request.status < 200 || request.status > 299) return fail(failureOf(request));
    files.delete(key);
    const { id, state, previewUrl, type, told } = draftMedia(JSON.parse(request.responseText) as MediaAttachment);
    // What was typed of it meanwhile stays.
    changeMedia(slot, key, { id, state, previewUrl, type, told, progress: 1 });
  };
  request.open('POST', '/api/v2/media');
  request.setRequestHeader(CLIENT_HEADER, 'web');
  const form = new FormData();
  form.append('file', waiting.file);
  request.send(form);
}

function failureOf({ status, responseText }: XMLHttpRequest): ApiFailure {
  try {
    return new ApiFailure(status, JSON.parse(responseText) as ErrorBody);
  } catch {
    return new ApiFailure(status, {});
  }
}
