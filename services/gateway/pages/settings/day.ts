import { type Html, html } from '../markup/html.ts';

const WORDS = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });

/** A day, for people and for programs. */
export function day(timeMs: number): Html {
  const date = new Date(timeMs);
  return html`<time datetime="${date.toISOString()}">${WORDS.format(date)}</time>`;
}
