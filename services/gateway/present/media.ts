import type { Media } from '#contracts/model/post.ts';
import type { SignedUrls } from '../signed-urls.ts';
import type { Urls } from './urls.ts';

/** A `MediaAttachment`. */
export type MediaJson = Record<string, unknown>;

export interface MediaPresenter {
  /** With addresses that anybody may read: for posts that are open. */
  open(media: Media): MediaJson;
  /** With addresses that only `viewerId` may read, and only for a while. */
  signed(media: Media, viewerId: string): MediaJson;
}

export function mediaPresenter(urls: Urls, signedUrls: SignedUrls): MediaPresenter {
  const present = (media: Media, address: (fileName: string) => string): MediaJson => {
    const url = address(media.fileName);
    return {
      id: media.id,
      type: media.kind,
      url,
      preview_url: media.thumbnailName === null ? null : address(media.thumbnailName),
      remote_url: null,
      preview_remote_url: null,
      text_url: null,
      meta: {
        ...(media.original === null ? {} : { original: sizeJson(media.original) }),
        ...(media.thumbnail === null ? {} : { small: sizeJson(media.thumbnail) }),
        ...(media.kind === 'image' ? { focus: { x: media.focus.x, y: media.focus.y } } : {}),
      },
      description: media.description === '' ? null : media.description,
      blurhash: media.blurhash,
    };
  };
  return {
    open: (media) => present(media, (name) => urls.openFile(mediaPath(media.id, name))),
    signed: (media, viewerId) =>
      present(media, (name) => urls.absolute(signedUrls.sign(mediaPath(media.id, name), viewerId))),
  };
}

export function mediaPath(mediaId: string, fileName: string): string {
  return `/media/${mediaId}/${encodeURIComponent(fileName)}`;
}

function sizeJson({ width, height }: { readonly width: number; readonly height: number }) {
  return { width, height, size: `${width}x${height}`, aspect: height === 0 ? 1 : width / height };
}
