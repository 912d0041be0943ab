import { isUtf8 } from 'node:buffer';
import qs from 'qs';
import { PlazaError } from '#platform/errors/errors.ts';

/** Parameters as they came, before any type: text, arrays and objects of it, or whatever JSON holds. */
export type Tree = Record<string, unknown>;

/** More than any form of the API has: a post with a poll and media details stays under 60. */
const MAX_PARAMETERS = 1_000;
/** `fields_attributes[0][name]` is 2 deep. */
const MAX_DEPTH = 5;
const MAX_LIST = 500;
const NO_PARAMETERS: Tree = Object.freeze({});

/** Reads `a=1&b[]=2&c[0][d]=3`, as a query or a form body. */
export function parseForm(text: string): Tree {
  if (text === '') return NO_PARAMETERS;
  if (!text.includes('[') && !text.includes('%5B') && !text.includes('%5b')) return parseFlat(text);
  return parseNested(text);
}

/** Turns the fields of a multipart form, whose names have the same brackets, into the same tree. */
export function nestFields(fields: readonly (readonly [name: string, value: string])[]): Tree {
  return parseNested(
    fields.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&'),
  );
}

/** Reads a JSON body. Nothing, as many clients send with `Content-Type: application/json`, is an empty form. */
export function parseJson(body: Buffer): Tree {
  if (body.length === 0) return NO_PARAMETERS;
  if (!isUtf8(body)) throw malformed('the body is not UTF-8');
  let value: unknown;
  try {
    value = JSON.parse(body.toString());
  } catch {
    throw malformed('the body is not JSON');
  }
  if (value === null) return NO_PARAMETERS;
  if (typeof value !== 'object' || Array.isArray(value)) throw malformed('the body has to be a JSON object');
  return value as Tree;
}

export function parseFormBody(body: Buffer): Tree {
  if (!isUtf8(body)) throw malformed('the body is not UTF-8');
  return parseForm(body.toString());
}

export function malformed(description: string): PlazaError {
  return new PlazaError('bad_request', 'Bad request', { description });
}

/** Names without brackets: most queries. The last of repeated names counts, as in Rails. */
function parseFlat(text: string): Tree {
  const tree: Tree = Object.create(null);
  const pairs = text.split('&', MAX_PARAMETERS + 1);
  if (pairs.length > MAX_PARAMETERS) throw malformed('there are too many parameters');
  for (const pair of pairs) {
    if (pair === '') continue;
    const at = pair.indexOf('=');
    const name = decode(at === -1 ? pair : pair.slice(0, at));
    tree[name] = at === -1 ? '' : decode(pair.slice(at + 1));
  }
  return tree;
}

function parseNested(text: string): Tree {
  try {
    return qs.parse(text, {
      depth: MAX_DEPTH,
      strictDepth: true,
      parameterLimit: MAX_PARAMETERS,
      arrayLimit: MAX_LIST,
      throwOnLimitExceeded: true,
      plainObjects: true,
      allowEmptyArrays: false,
      decoder: decode,
    }) as Tree;
  } catch (error) {
    if (error instanceof PlazaError) throw error;
    throw malformed('there are too many parameters, or they are nested too deeply');
  }
}

function decode(text: string): string {
  const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text;
  if (!spaced.includes('%')) return spaced;
  try {
    return decodeURIComponent(spaced);
  } catch {
    throw malformed('a parameter is not percent-encoded UTF-8');
  }
}
