import { type Html, trusted } from '../markup/html.ts';

const UNSAFE = /[<>&\u2028\u2029]/g;

/**
 * JSON for a script of the page to read. No browser runs it, and no text in it can end the element or begin a comment: what HTML could take for markup stands there as an escape
 * of JSON, so it reads as the same value.
 */
export function jsonBlock(id: string, json: string): Html {
  return trusted(`<script type="application/json" id="${id}">${json.replace(UNSAFE, escaped)}</script>`);
}

function escaped(sign: string): string {
  return `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
