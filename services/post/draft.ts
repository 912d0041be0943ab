import type { Static } from 'typebox';
import type { PostDraft } from '#contracts/model/post.ts';
import { invalid } from '#platform/errors/errors.ts';
import { LIMITS } from '#policies/limits/limits.ts';
import { cleanLine, cleanText } from '#policies/text/clean.ts';
import { countCharacters, countGraphemes } from '#policies/text/count.ts';
import { entitiesOf } from '#policies/text/entities.ts';

type PollDraft = NonNullable<Static<typeof PostDraft>['poll']>;

/** What a person typed, checked and taken apart. */
export interface CheckedText {
  readonly text: string;
  readonly contentWarning: string;
  /** In lower case, each once, of this community only. */
  readonly usernames: readonly string[];
  /** In order of appearance, each once. */
  readonly tags: readonly string[];
}

export interface Typed {
  readonly text: string;
  readonly contentWarning: string;
  readonly mediaIds: readonly string[];
  readonly poll: PollDraft | null;
}

/**
 * Checks what can be checked without asking anybody. `validation_failed` names the field. `localHosts`: names under which this community is mentioned
 * (`@ada@plaza.example`).
 */
export function checkText(typed: Typed, localHosts: ReadonlySet<string>): CheckedText {
  let text = cleanText(typed.text);
  let contentWarning = cleanText(typed.contentWarning);
  if (text === '' && contentWarning !== '') {
    // A warning about nothing is what was meant to be said.
    text = contentWarning;
    contentWarning = '';
  }
  if (typed.mediaIds.length > LIMITS.mediaPerPost || (typed.mediaIds.length > 0 && typed.poll !== null)) {
    throw invalid(
      'media_ids',
      'ERR_TOO_MANY',
      `Cannot attach more than ${LIMITS.mediaPerPost} files, nor files to a poll`,
    );
  }
  if (new Set(typed.mediaIds).size < typed.mediaIds.length) {
    throw invalid('media_ids', 'ERR_TAKEN', 'A file is attached twice');
  }
  if (text === '' && typed.mediaIds.length === 0) throw invalid('text', 'ERR_BLANK', "Text can't be blank");

  const entities = entitiesOf(text);
  const characters = countCharacters(text, entities) + countGraphemes(contentWarning);
  if (characters > LIMITS.postCharacters) {
    throw invalid('text', 'ERR_TOO_LONG', `Text character limit of ${LIMITS.postCharacters} exceeded`);
  }
  const usernames = new Set<string>();
  const tags = new Set<string>();
  for (const entity of entities) {
    if (entity.kind === 'tag') tags.add(entity.name);
    if (entity.kind === 'mention' && (entity.host === null || localHosts.has(entity.host))) {
      usernames.add(entity.username.toLowerCase());
    }
  }
  if (usernames.size > LIMITS.mentionsPerPost) {
    throw invalid('text', 'ERR_TOO_MANY', `A post mentions at most ${LIMITS.mentionsPerPost} people`);
  }
  return { text, contentWarning, usernames: [...usernames], tags: [...tags].slice(0, LIMITS.tagsPerPost) };
}

/** As Mastodon: what the clients' forms allow. Answers the options as they are kept. */
export function checkPoll(poll: PollDraft): string[] {
  const options = poll.options.map(cleanLine).filter((option) => option !== '');
  if (options.length < 2) throw invalid('poll.options', 'ERR_TOO_FEW', 'A poll needs at least two options');
  if (options.length > LIMITS.pollOptions) {
    throw invalid('poll.options', 'ERR_TOO_MANY', `A poll has at most ${LIMITS.pollOptions} options`);
  }
  if (new Set(options).size < options.length) {
    throw invalid('poll.options', 'ERR_TAKEN', 'The options of a poll differ from each other');
  }
  if (options.some((option) => countGraphemes(option) > LIMITS.pollOptionCharacters)) {
    throw invalid('poll.options', 'ERR_TOO_LONG', `An option has at most ${LIMITS.pollOptionCharacters} characters`);
  }
  if (poll.expiresInSeconds < LIMITS.pollMinSeconds) {
    throw invalid('poll.expires_in', 'ERR_TOO_SOON', `A poll runs for at least ${LIMITS.pollMinSeconds} seconds`);
  }
  if (poll.expiresInSeconds > LIMITS.pollMaxSeconds) {
    throw invalid('poll.expires_in', 'ERR_TOO_LATE', `A poll runs for at most ${LIMITS.pollMaxSeconds} seconds`);
  }
  return options;
}
