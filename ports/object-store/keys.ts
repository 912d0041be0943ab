const PART = /^[A-Za-z0-9._-]{1,120}$/;
const MAX_KEY_CHARACTERS = 400;
export const MAX_LIST = 1_000;
/** `type/subtype` with parameters, as it is sent in a header. */
const CONTENT_TYPE = /^[a-z0-9!#$&^_.+-]{1,60}\/[a-z0-9!#$&^_.+-]{1,60}(; ?[a-z]+=[A-Za-z0-9._-]{1,40})?$/;

/** Refuses keys that could lead elsewhere. Keys are made by us, so a bad one is a mistake and not a person's input. */
export function checkKey(key: string): void {
  if (key.length > MAX_KEY_CHARACTERS || !key.split('/').every(isPart)) throw new RangeError(`object key "${key}"`);
}

/** A prefix is the beginning of a key, cut anywhere. */
export function checkPrefix(prefix: string): void {
  const parts = prefix.split('/');
  const last = parts.pop()!;
  if (
    prefix.length > MAX_KEY_CHARACTERS ||
    !parts.every(isPart) ||
    !(last === '' || /^[A-Za-z0-9._-]{1,120}$/.test(last))
  ) {
    throw new RangeError(`object prefix "${prefix}"`);
  }
}

export function checkContentType(contentType: string): void {
  if (!CONTENT_TYPE.test(contentType)) throw new RangeError(`content type "${contentType}"`);
}

export function checkLimit(limit: number): void {
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIST) throw new RangeError(`limit ${limit}`);
}

function isPart(part: string): boolean {
  return PART.test(part) && part !== '.' && part !== '..';
}
