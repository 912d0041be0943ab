import type { Html, Piece } from '../markup/html.ts';

/**
 * What an address shows to anybody, with or without script. It is read on behalf of nobody, whoever asks: so nothing that only some may see can stand in a page that
 * something keeps.
 */
export interface OpenView {
  readonly title: string;
  /** Above the content; the title unless given. */
  readonly heading?: string;
  readonly content: Piece;
  /** What search engines and other places are told, for the head of the page. */
  readonly about?: Html;
  /** Whether search engines may list it. */
  readonly listed?: boolean;
}
