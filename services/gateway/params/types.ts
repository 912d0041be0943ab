import Type, { type TBoolean, type TInteger, type TOptional, type TString } from 'typebox';
import { MAX_ID } from '#platform/ids/ids.ts';

/** Keywords that tell `coerce.ts` how to read a value; they are no part of JSON Schema and other readers pass over them. */
export const CLAMP = 'x-clamp';
export const CURSOR = 'x-cursor';

/** How many entries: absent means `usual`, more than `most` means `most`, as in Mastodon. */
export function Limit(usual: number, most: number): TInteger {
  return Type.Integer({ minimum: 1, maximum: most, default: usual, [CLAMP]: true });
}

/** A bound of a page: an id, or 0 for none. Anything beyond the largest id is the largest id. */
export function Cursor(): TOptional<TString> {
  return Type.Optional(Type.String({ pattern: '^[0-9]{1,19}$', [CURSOR]: MAX_ID }));
}

/** The bounds and size of a page. */
export function PageQuery(usual: number, most: number) {
  return { max_id: Cursor(), since_id: Cursor(), min_id: Cursor(), limit: Limit(usual, most) };
}

/** Yes or no, with what its absence means. */
export function Flag(absent: boolean): TBoolean {
  return Type.Boolean({ default: absent });
}

export function Text(maxLength: number): TString {
  return Type.String({ maxLength });
}

/** A path's id. Text that is none answers 404, as an id that does not exist. */
export const IdParam: TString = Type.String({ pattern: '^[1-9][0-9]{0,18}$', maxLength: 19 });
export const IdParams = Type.Object({ id: IdParam });

/** `id[]=1&id[]=2`, or one `id=1`. */
export function IdList(most: number) {
  return Type.Array(IdParam, { default: [], maxItems: most });
}

/** Results to pass over. Deep ones cost as much as all before them. */
export const Offset: TInteger = Type.Integer({ minimum: 0, maximum: 1_000, default: 0 });
