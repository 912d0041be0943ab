import { exactTime, relativeTime } from '../i18n/times.ts';
import { useLanguage } from '../i18n/translate.ts';

export function TimeAgo({ iso }: { readonly iso: string }) {
  useLanguage();
  return (
    <time dateTime={iso} title={exactTime(iso)}>
      {relativeTime(iso)}
    </time>
  );
}
