import { Link } from 'wouter';
import type { Status } from '../../api/types.ts';
import { showHistory } from '../../composer/open.ts';
import { shortNumber } from '../../i18n/numbers.ts';
import { exactTime } from '../../i18n/times.ts';
import { currentLanguage, type MessageKey, t } from '../../i18n/translate.ts';
import { pathOfPost } from '../../posts/paths.ts';
import styles from './thread.module.css';

/** What is said of a post only where the screen is about it. */
export function PostDetails({ status }: { readonly status: Status }) {
  const { created_at, edited_at, visibility, language, application } = status;
  return (
    <>
      <ul className={styles.details}>
        <li>
          <time dateTime={created_at}>{exactTime(created_at)}</time>
        </li>
        {edited_at !== null && (
          <li>
            <button type="button" className={styles.edited} onClick={() => showHistory(status)}>
              {t('thread.edited', { time: exactTime(edited_at) })}
            </button>
          </li>
        )}
        <li>{t(`post.visibility.${visibility}` satisfies MessageKey)}</li>
        {language && <li>{nameOfLanguage(language)}</li>}
        {application?.name && <li>{t('thread.via', { name: application.name })}</li>}
      </ul>
      <Counts status={status} />
    </>
  );
}

function Counts({ status }: { readonly status: Status }) {
  const { reblogs_count: reposts, favourites_count: likes } = status;
  if (reposts + likes === 0) return null;
  const path = pathOfPost(status);
  return (
    <p className={styles.counts}>
      {reposts > 0 && (
        <Link href={`${path}/reposts`}>
          <Count text={t('thread.reposts', { n: reposts })} n={reposts} />
        </Link>
      )}
      {likes > 0 && (
        <Link href={`${path}/likes`}>
          <Count text={t('thread.likes', { n: likes })} n={likes} />
        </Link>
      )}
    </p>
  );
}

/** The words with the number in bold. */
function Count({ text, n }: { readonly text: string; readonly n: number }) {
  const [number] = /\d[\d.,]*/.exec(text) ?? [''];
  const [before, after] = text.split(number, 2);
  return (
    <>
      {before}
      <strong>{n < 10_000 ? number : shortNumber(n)}</strong>
      {after}
    </>
  );
}

function nameOfLanguage(tag: string): string {
  try {
    return new Intl.DisplayNames(currentLanguage(), { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}
