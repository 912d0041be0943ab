import { createHash, timingSafeEqual } from 'node:crypto';

/** What a process shows by which others of the same Plaza know it. */
export function bearerOf(secret: string): string {
  return `Bearer ${secret}`;
}

/** Tells by the `authorization` header whether somebody knows `secret`, in a time that tells nothing of it. */
export function knowsSecret(secret: string): (authorization: string | undefined) => boolean {
  const expected = digest(secret);
  return (authorization) => {
    const given = authorization?.startsWith('Bearer ') ? authorization.slice(7) : '';
    return timingSafeEqual(digest(given), expected);
  };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
