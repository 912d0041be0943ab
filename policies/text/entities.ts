import { LinkifyIt } from 'linkify-it';

/** A link, mention or hashtag of a text: what stands from `start` to `end` (UTF-16 positions, end exclusive). */
export type TextEntity =
  | { readonly kind: 'link'; readonly start: number; readonly end: number; readonly url: string }
  /** `username` as typed, without `@`; `host` in lower case, null for "here". */
  | {
      readonly kind: 'mention';
      readonly start: number;
      readonly end: number;
      readonly username: string;
      readonly host: string | null;
    }
  /** `name` in lower case, composed (NFC), without `#`. */
  | { readonly kind: 'tag'; readonly start: number; readonly end: number; readonly name: string };

/** Longer names are no names: they bound the work on hostile text. */
const MAX_TAG_CHARACTERS = 100;
const MAX_USERNAME_CHARACTERS = 30;

/** A name does not begin inside a word, an address or a query: `me@example`, `a/@b`, `x=#1` hold none. */
const MENTION = /(?<![\w/=@.\p{L}\p{N}])@([a-z0-9_]+)(?:@([a-z0-9][a-z0-9.-]*[a-z0-9](?::\d{1,5})?))?(?![\w@])/giu;
const TAG = /(?<![\p{L}\p{M}\p{N}_/)=&#])[#＃]([\p{L}\p{M}\p{N}_·・\u200c]+)/gu;
const LETTER = /\p{L}/u;
/** They join the words of a tag and never end it. */
const TRAILING_JOINERS = /[·・\u200c]+$/u;

let linkify: LinkifyIt | undefined;

/** Only addresses that say their scheme are links: "readme.md" and "3.14" are not. */
function linkifier(): LinkifyIt {
  linkify ??= new LinkifyIt({ fuzzyLink: false, fuzzyEmail: false, maxLength: 2_048 });
  return linkify;
}

/** What a text links to, mentions and tags, in order and without overlap. Time is linear in the text. */
export function entitiesOf(text: string): TextEntity[] {
  const links = linksOf(text);
  const hasNames = text.includes('@') || text.includes('#') || text.includes('＃');
  if (!hasNames) return links;
  const found = [...links, ...outside(mentionsOf(text), links), ...outside(tagsOf(text), links)];
  return found.sort((a, b) => a.start - b.start);
}

function linksOf(text: string): TextEntity[] {
  if (!text.includes('://')) return [];
  const links: TextEntity[] = [];
  for (const { schema, index, lastIndex, url } of linkifier().match(text) ?? []) {
    if (schema === 'http:' || schema === 'https:') links.push({ kind: 'link', start: index, end: lastIndex, url });
  }
  return links;
}

function* mentionsOf(text: string): Generator<TextEntity> {
  if (!text.includes('@')) return;
  for (const match of text.matchAll(MENTION)) {
    const [all, username, host] = match;
    if (username!.length > MAX_USERNAME_CHARACTERS) continue;
    yield {
      kind: 'mention',
      start: match.index,
      end: match.index + all.length,
      username: username!,
      host: host?.toLowerCase() ?? null,
    };
  }
}

function* tagsOf(text: string): Generator<TextEntity> {
  for (const match of text.matchAll(TAG)) {
    const written = match[1]!.replace(TRAILING_JOINERS, '');
    if (written.length > MAX_TAG_CHARACTERS || !LETTER.test(written)) continue;
    yield { kind: 'tag', start: match.index, end: match.index + 1 + written.length, name: tagName(written) };
  }
}

/** How a hashtag is named everywhere: lower case, composed. Accepts a leading `#`. */
export function tagName(written: string): string {
  return written
    .replace(/^[#＃]/, '')
    .normalize('NFC')
    .toLowerCase();
}

/** Whether a text could stand behind `#` in a post. */
export function isTagName(name: string): boolean {
  if (name.length > MAX_TAG_CHARACTERS) return false;
  const [match] = `#${name}`.matchAll(TAG);
  return match !== undefined && match[1] === name && LETTER.test(name) && !TRAILING_JOINERS.test(name);
}

/** Both lists are in order, so one walk suffices. */
function* outside(entities: Iterable<TextEntity>, links: readonly TextEntity[]): Generator<TextEntity> {
  let next = 0;
  for (const entity of entities) {
    while (next < links.length && links[next]!.end <= entity.start) next++;
    const link = links[next];
    if (link === undefined || link.start >= entity.end) yield entity;
  }
}
