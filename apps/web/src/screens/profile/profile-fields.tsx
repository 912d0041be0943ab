import { BadgeCheck } from 'lucide-react';
import type { Account } from '../../api/types.ts';
import { exactTime } from '../../i18n/times.ts';
import { t } from '../../i18n/translate.ts';
import { HtmlContent } from '../../posts/content.tsx';
import styles from './profile.module.css';

/** What somebody tells about themselves in a table. */
export function ProfileFields({ account: { fields } }: { readonly account: Account }) {
  if (fields.length === 0) return null;
  return (
    <dl className={styles.fields}>
      {fields.map(({ name, value, verified_at }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two fields may have one name, and they never move
        <div key={index} className={styles.field}>
          <dt dir="auto">{name}</dt>
          <dd dir="auto">
            <HtmlContent html={value} />
            {verified_at !== null && (
              <BadgeCheck
                role="img"
                size={16}
                aria-label={t('profile.verified', { time: exactTime(verified_at) })}
                className={styles.verified}
              />
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
