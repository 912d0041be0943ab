/** What is told by the content of a file, never by its name. */
export interface SupportedType {
  readonly kind: 'picture' | 'video' | 'audio';
  /** With what it is served. */
  readonly contentType: string;
  readonly extension: string;
}

const jpeg = { kind: 'picture', contentType: 'image/jpeg', extension: 'jpg' } as const;
const png = { kind: 'picture', contentType: 'image/png', extension: 'png' } as const;
const mp4 = { kind: 'video', contentType: 'video/mp4', extension: 'mp4' } as const;
const m4a = { kind: 'audio', contentType: 'audio/mp4', extension: 'm4a' } as const;
const ogg = { kind: 'audio', contentType: 'audio/ogg', extension: 'ogg' } as const;

/** Kinds of content, as `file-type` names them. Whatever is not here is refused. */
export const SUPPORTED_TYPES: ReadonlyMap<string, SupportedType> = new Map<string, SupportedType>([
  ['image/jpeg', jpeg],
  ['image/png', png],
  // Its first picture is kept.
  ['image/apng', png],
  ['image/webp', { kind: 'picture', contentType: 'image/webp', extension: 'webp' }],
  ['image/gif', { kind: 'picture', contentType: 'image/gif', extension: 'gif' }],
  ['video/mp4', mp4],
  ['video/x-m4v', mp4],
  ['video/webm', { kind: 'video', contentType: 'video/webm', extension: 'webm' }],
  ['video/ogg', { kind: 'video', contentType: 'video/ogg', extension: 'ogv' }],
  ['video/quicktime', { kind: 'video', contentType: 'video/quicktime', extension: 'mov' }],
  ['audio/mpeg', { kind: 'audio', contentType: 'audio/mpeg', extension: 'mp3' }],
  ['audio/ogg', ogg],
  ['audio/ogg; codecs=opus', ogg],
  ['audio/mp4', m4a],
  ['audio/x-m4a', m4a],
  ['audio/wav', { kind: 'audio', contentType: 'audio/wav', extension: 'wav' }],
  ['audio/flac', { kind: 'audio', contentType: 'audio/flac', extension: 'flac' }],
  ['audio/aac', { kind: 'audio', contentType: 'audio/aac', extension: 'aac' }],
]);

/** For people. */
export const SUPPORTED_TYPES_TEXT =
  'pictures are taken as JPEG, PNG, WebP or GIF, videos as MP4, WebM or QuickTime, sound as MP3, Ogg, M4A, AAC, WAV or FLAC';
