import type { ProfileImage } from '#contracts/model/account.ts';
import { invalid } from '#platform/errors/errors.ts';
import type { IdGenerator } from '#platform/ids/ids.ts';
import { LIMITS } from '#policies/limits/limits.ts';
import type { ObjectStore } from '#ports/object-store/port.ts';

export interface Variant {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly fit: 'cover' | 'inside';
  /** Only the first picture of an animation. */
  readonly still: boolean;
}

export interface RenderedVariant {
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Buffer;
  readonly width: number;
  readonly height: number;
}

/** Decodes a picture safely, strips what it tells of its maker, and makes the variants. Rejects with `validation_failed` what is no picture. */
export type RenderVariants = (input: Uint8Array, variants: readonly Variant[]) => Promise<RenderedVariant[]>;

/**
 * The files of a picture, below its key: `large` (an avatar 400 × 400, a header 1500 × 500), `still` (the same without movement, where it moves),
 * and for avatars `small` (120 × 120, never moving).
 */
const VARIANTS = {
  avatar: [
    { name: 'large', width: 400, height: 400, fit: 'cover', still: false },
    { name: 'still', width: 400, height: 400, fit: 'cover', still: true },
    { name: 'small', width: 120, height: 120, fit: 'cover', still: true },
  ],
  header: [
    { name: 'large', width: 1500, height: 500, fit: 'cover', still: false },
    { name: 'still', width: 1500, height: 500, fit: 'cover', still: true },
  ],
} as const satisfies Record<string, readonly Variant[]>;

const FOLDER = { avatar: 'avatars', header: 'headers' } as const;

export interface ProfileImages {
  /** Stores a picture under a key of its own, that nothing shows before the profile names it. */
  store(kind: 'avatar' | 'header', accountId: string, base64: string): Promise<ProfileImage>;
  /** Removes everything below a key. Missing objects are no error. */
  remove(key: string): Promise<void>;
  /** Removes all pictures of an account. */
  removeAll(accountId: string): Promise<void>;
}

export function profileImages(parts: {
  readonly objects: ObjectStore;
  readonly ids: IdGenerator;
  readonly renderVariants: RenderVariants;
}): ProfileImages {
  const { objects, ids, renderVariants } = parts;

  const removeBelow = async (prefix: string) => {
    for (;;) {
      const found = await objects.list(prefix, { limit: 100 });
      if (found.length === 0) return;
      await objects.deleteMany(found.map((object) => object.key));
    }
  };

  return {
    async store(kind, accountId, base64) {
      const input = Buffer.from(base64, 'base64');
      if (input.length === 0) throw invalid(kind, 'ERR_BLANK', `The ${kind} is empty`);
      if (input.length > LIMITS.profileImageBytes) {
        const most = LIMITS.profileImageBytes / 1_048_576;
        throw invalid(kind, 'ERR_TOO_LONG', `The ${kind} file size must be less than ${most} MB`);
      }
      const rendered = await renderVariants(input, VARIANTS[kind]);
      const large = rendered.find((variant) => variant.name === 'large')!;
      const still = rendered.find((variant) => variant.name === 'still')!;
      // The two differ in nothing but movement: rendered alike means that there is none.
      const animated = large.contentType !== still.contentType || !large.bytes.equals(still.bytes);
      const key = `${FOLDER[kind]}/${accountId}/${ids.next()}`;
      for (const { name, bytes, contentType } of rendered) {
        if (name !== 'still' || animated) await objects.put(`${key}/${name}`, bytes, { contentType });
      }
      return { key, contentType: large.contentType, animated, description: '' };
    },
    remove: (key) => removeBelow(`${key}/`),
    async removeAll(accountId) {
      for (const folder of Object.values(FOLDER)) await removeBelow(`${folder}/${accountId}/`);
    },
  };
}
