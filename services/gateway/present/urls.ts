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
  profileImage(image: ProfileImage | null, kind: 'avatar' | 'header', still: boolean): string;
}

export function createUrls(origin: string): Urls {
  const domain = new URL(origin).host;
  return {
    origin,
    domain,
    account: (username) => `${origin}/@${username}`,
    post: (username, id) => `${origin}/@${username}/${id}`,
    tag: (name) => `${origin}/tags/${encodeURIComponent(name)}`,
    absolute: (path) => `${origin}${path}`,
    profileImage(image, kind, still) {
      if (image === null) return `${origin}/profile-images/missing-${kind}.png`;
      return `${origin}/profile-images/${image.key}/${still && image.animated ? 'still' : 'large'}`;
    },
  };
}
