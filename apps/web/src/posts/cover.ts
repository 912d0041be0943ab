import type { Status } from '../api/types.ts';
import { t } from '../i18n/translate.ts';
import { coversMedia, useReading, warningOf } from './filtering.ts';
import { useReader } from './reader.ts';

/** Why the pictures of a post are not shown where the post itself is not, in words; undefined when they are. */
export function useCover(status: Status | undefined): string | undefined {
  const { warnings, media } = useReader();
  const reading = useReading();
  if (status === undefined) return undefined;
  const title = warningOf(status, reading);
  if (title !== undefined) return t('post.filtered', { title });
  if (status.spoiler_text !== '' && !warnings) return status.spoiler_text;
  if ((status.sensitive && media !== 'show_all') || coversMedia(status, reading)) return t('post.sensitive');
  return media === 'hide_all' ? t('post.coveredMedia', { n: 1 }) : undefined;
}
