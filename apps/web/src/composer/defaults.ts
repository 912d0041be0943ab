import { me } from '../app/boot.ts';
import type { PostingDefaults } from './draft.ts';

/** What this person's settings say of new posts. */
export function postingDefaults(): PostingDefaults {
  const { privacy, sensitive, language } = me().source;
  return { visibility: privacy, sensitive, language: language ?? '' };
}
