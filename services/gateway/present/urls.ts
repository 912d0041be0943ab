import type { ProfileImage } from '#contracts/model/account.ts';

/** Every absolute address in an answer. */
export interface Urls {
  readonly origin: string;
  /** Host and port, as they stand behind the second `@` of a handle. */
  readonly domain: string;
  account(username: string): string;
  post(username: string, id: string): string;
  tag(name: string): string;
  /** A path of ours that begins with `/`. */
  absolute(path: string): string;
  /** A path of a file that everybody may see. */
  openFile(path: string): string;
  profileImage(image: ProfileImage | null, kind: 'avatar' | 'header', still: boolean): string;
}

export function createUrls(origin: string, mediaBase = origin): Urls {
  const domain = new URL(origin).host;
  return {
    origin,
    domain,
    account: (username) => `${origin}/@${username}`,
    post: (username, id) => `${origin}/@${username}/${id}`,
    tag: (name) => `${origin}/tags/${encodeURIComponent(name)}`,
    absolute: (path) => `${origin}${path}`,
    openFile: (path) => `${mediaBase}${path}`,
    profileImage(image, kind, still) {
      if (image === null) return `${mediaBase}/profile-images/missing-${kind}.png`;
      return `${mediaBase}/profile-images/${image.key}/${still && image.animated ? 'still' : 'large'}`;
    },
  };
}
