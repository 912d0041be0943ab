import type { MediaAttachment, Status } from '../api/types.ts';

export type Visibility = 'public' | 'unlisted' | 'private';

/** A point of a picture that stays visible when it is cut: from -1 to 1, upwards and to the right. */
export interface Focus {
  readonly x: number;
  readonly y: number;
}

/** A file of a post that is being written. */
export interface DraftMedia {
  /** Names it on this page; it has no `id` before it is uploaded. */
  readonly key: string;
  readonly id: string | null;
  readonly state: 'uploading' | 'failed' | 'ready';
  /** From 0 to 1. */
  readonly progress: number;
  /** Why it failed. */
  readonly problem: string | null;
  readonly name: string;
  readonly type: MediaAttachment['type'];
  readonly previewUrl: string | null;
  readonly description: string;
  readonly focus: Focus;
  /** What the server knows of the two above: only what differs is sent. */
  readonly told: { readonly description: string; readonly focus: Focus };
}

export interface DraftPoll {
  readonly options: readonly string[];
  readonly seconds: number;
  readonly multiple: boolean;
  /** It was over when the edit of its post began: with the same options it stays so. */
  readonly over?: boolean;
}

/** A post that is being written, with all that a person has set. */
export interface Draft {
  /** Where it is kept on this device: `new`, or what it answers, edits or takes up again; with a key behind where another tab writes there. */
  readonly slot: string;
  readonly text: string;
  /** What stood there before anything was typed: the names of those who are answered. */
  readonly begins: string;
  readonly warned: boolean;
  readonly warning: string;
  readonly sensitive: boolean;
  readonly visibility: Visibility;
  /** A code like `en`; empty for none. */
  readonly language: string;
  readonly media: readonly DraftMedia[];
  readonly poll: DraftPoll | null;
  /** In local time, as a form has it: `2026-01-31T12:00`. Empty: at once. */
  readonly scheduledAt: string;
  readonly replyToId: string | null;
  readonly editId: string | null;
  /** The draft of the server from which it was taken up. */
  readonly savedId: string | null;
}

/** What a person's settings say of new posts. */
export interface PostingDefaults {
  readonly visibility: Visibility;
  readonly sensitive: boolean;
  readonly language: string;
}

export function emptyDraft(defaults: PostingDefaults, slot = 'new'): Draft {
  return {
    slot,
    text: '',
    begins: '',
    warned: false,
    warning: '',
    sensitive: defaults.sensitive,
    visibility: defaults.visibility,
    language: defaults.language,
    media: [],
    poll: null,
    scheduledAt: '',
    replyToId: null,
    editId: null,
    savedId: null,
  };
}

const WIDTH = { public: 2, unlisted: 1, private: 0 } as const;

/** An answer: names who is spoken to, is seen by no more people than what it answers, and carries its warning on. */
export function replyDraft(to: Status, defaults: PostingDefaults, ownId: string): Draft {
  const names = new Set([to.account, ...to.mentions].filter(({ id }) => id !== ownId).map(({ acct }) => `@${acct} `));
  const begins = [...names].join('');
  const wanted = defaults.visibility;
  return {
    ...emptyDraft(defaults, `reply:${to.id}`),
    text: begins,
    begins,
    warned: to.spoiler_text !== '',
    warning: to.spoiler_text,
    visibility: WIDTH[to.visibility] < WIDTH[wanted] ? to.visibility : wanted,
    replyToId: to.id,
  };
}

interface Source {
  readonly text: string;
  readonly spoiler_text: string;
}

/** A post that is there, to be changed. */
export function editDraft(status: Status, source: Source, nowMs: number): Draft {
  const { poll } = status;
  const over = poll !== null && poll.expires_at !== null && Date.parse(poll.expires_at) <= nowMs;
  // One that ends too soon for the server runs as short as it allows; one that is over begins anew when it asks something else.
  const draft = takenUp(status, source, nowMs, over ? DAY_SECONDS : SHORTEST_POLL_SECONDS);
  return { ...draft, poll: draft.poll && { ...draft.poll, over }, slot: `edit:${status.id}`, editId: status.id };
}

/** A post that goes, to be written anew. */
export function redraft(status: Status, source: Source, nowMs: number): Draft {
  return { ...takenUp(status, source, nowMs, DAY_SECONDS), slot: `redraft:${status.id}` };
}

/** `againSeconds`: how long a poll runs that is over, or nearly. */
function takenUp(status: Status, { text, spoiler_text }: Source, nowMs: number, againSeconds: number): Draft {
  const { visibility, sensitive, language, poll } = status;
  return {
    ...emptyDraft({ visibility, sensitive, language: language ?? '' }),
    text,
    warned: spoiler_text !== '',
    warning: spoiler_text,
    media: status.media_attachments.map(draftMedia),
    poll: poll && {
      options: poll.options.map(({ title }) => title),
      seconds: secondsUntil(poll.expires_at, nowMs) || againSeconds,
      multiple: poll.multiple,
    },
    replyToId: status.in_reply_to_id,
  };
}

const DAY_SECONDS = 86_400;
const SHORTEST_POLL_SECONDS = 300;

/** Zero when it is too soon for the server. */
function secondsUntil(iso: string | null, nowMs: number): number {
  const seconds = iso === null ? 0 : Math.round((Date.parse(iso) - nowMs) / 1_000);
  return seconds < SHORTEST_POLL_SECONDS ? 0 : seconds;
}

type UploadedFile = Pick<MediaAttachment, 'id' | 'type' | 'url' | 'preview_url' | 'description' | 'meta'>;

/** An upload that the server has, as part of a draft. */
export function draftMedia(media: UploadedFile): DraftMedia {
  const description = media.description ?? '';
  const focus = { x: media.meta.focus?.x ?? 0, y: media.meta.focus?.y ?? 0 };
  return {
    key: media.id,
    id: media.id,
    state: 'ready',
    progress: 1,
    problem: null,
    name: '',
    type: media.type,
    previewUrl: media.preview_url ?? (media.type === 'image' ? media.url : null),
    description,
    focus,
    told: { description, focus },
  };
}

/** Whether nothing would be lost if it went. */
export function isBlank({ text, begins, media, poll, warned, warning, replyToId, editId }: Draft): boolean {
  if (editId !== null) return false;
  const typed = text.trim() !== begins.trim();
  const warningTyped = replyToId === null && warned && warning.trim() !== '';
  const options = poll?.options.some((option) => option.trim() !== '') ?? false;
  return !typed && !warningTyped && media.length === 0 && !options;
}

/** The files whose description or focus the server does not know yet. */
export function untoldMedia({ media }: Pick<Draft, 'media'>) {
  return media.flatMap(({ id, description, focus, told }) =>
    id !== null && (description !== told.description || focus.x !== told.focus.x || focus.y !== told.focus.y)
      ? [{ id, description, focus: `${focus.x.toFixed(2)},${focus.y.toFixed(2)}` }]
      : [],
  );
}
