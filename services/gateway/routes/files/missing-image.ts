import { readFileSync } from 'node:fs';
import type { Answer } from '../../http/answer.ts';
import { etagOf } from '../../http/etag.ts';

const NAMES = ['missing-avatar.png', 'missing-header.png'];
const images = new Map<string, Answer>();

/** The picture of a profile that has none. Undefined for any other name. */
export function missingImage(name: string): Answer | undefined {
  if (!NAMES.includes(name)) return undefined;
  let answer = images.get(name);
  if (answer === undefined) {
    const body = readFileSync(new URL(`../../assets/${name}`, import.meta.url));
    answer = {
      status: 200,
      headers: {
        'cache-control': 'public, max-age=86400',
        'content-security-policy': "default-src 'none'; sandbox",
        etag: etagOf(body),
      },
      contentType: 'image/png',
      body,
    };
    images.set(name, answer);
  }
  return answer;
}
