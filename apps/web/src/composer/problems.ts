import { countGraphemes } from '#policies/text/count.ts';
import { postLength } from './count.ts';
import type { Draft } from './draft.ts';

export interface PostLimits {
  readonly characters: number;
  readonly optionCharacters: number;
  /** Sooner than this nothing can be scheduled. */
  readonly aheadMs: number;
}

type Field = 'text' | 'media' | 'poll' | 'scheduledAt';
type Problem =
  | 'composer.problem.blank'
  | 'composer.problem.tooLong'
  | 'composer.problem.uploading'
  | 'composer.problem.uploadFailed'
  | 'composer.problem.fewOptions'
  | 'composer.problem.sameOptions'
  | 'composer.problem.longOption'
  | 'composer.problem.tooSoon';

export type Problems = Partial<Readonly<Record<Field, Problem>>>;

/** What keeps a draft from being posted, by field: what the server would refuse, and what is not ready. */
export function problemsOf(draft: Draft, limits: PostLimits, nowMs: number): Problems {
  const text = textProblem(draft, limits);
  const media = mediaProblem(draft);
  const poll = draft.poll === null ? undefined : pollProblem(draft.poll.options, limits);
  const tooSoon = draft.scheduledAt !== '' && !(Date.parse(draft.scheduledAt) >= nowMs + limits.aheadMs);
  return {
    ...(text && { text }),
    ...(media && { media }),
    ...(poll && { poll }),
    ...(tooSoon && { scheduledAt: 'composer.problem.tooSoon' }),
  };
}

function textProblem({ text, warned, warning, media }: Draft, { characters }: PostLimits): Problem | undefined {
  const shownWarning = warned ? warning : '';
  if (text.trim() === '' && shownWarning.trim() === '' && media.length === 0) return 'composer.problem.blank';
  return postLength(text, shownWarning) > characters ? 'composer.problem.tooLong' : undefined;
}

function mediaProblem({ media }: Draft): Problem | undefined {
  if (media.some(({ state }) => state === 'failed')) return 'composer.problem.uploadFailed';
  return media.some(({ state }) => state === 'uploading') ? 'composer.problem.uploading' : undefined;
}

function pollProblem(options: readonly string[], { optionCharacters }: PostLimits): Problem | undefined {
  const written = options.map((option) => option.trim()).filter((option) => option !== '');
  if (written.length < 2) return 'composer.problem.fewOptions';
  if (new Set(written).size < written.length) return 'composer.problem.sameOptions';
  return written.some((option) => countGraphemes(option) > optionCharacters)
    ? 'composer.problem.longOption'
    : undefined;
}
