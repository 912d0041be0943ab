import type { RefusalKeys } from '../ui/refusal-keys.ts';

/** What codes of the server mean at the parts of a post. */
export const POST_REFUSALS: RefusalKeys = {
  'file ERR_INVALID': 'composer.problem.damaged',
  'media_ids ERR_INVALID': 'composer.problem.media',
  'poll.options ERR_TAKEN': 'composer.problem.sameOptions',
  'poll.options ERR_TOO_FEW': 'composer.problem.fewOptions',
  'poll.options ERR_TOO_LONG': 'composer.problem.longOption',
  'scheduled_at ERR_TOO_LATE': 'composer.problem.tooFar',
  'scheduled_at ERR_TOO_SOON': 'composer.problem.tooSoon',
  'text ERR_BLANK': 'composer.problem.blank',
  'text ERR_TOO_MANY': 'composer.problem.manyMentions',
};
