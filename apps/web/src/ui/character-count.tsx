import { t } from '../i18n/translate.ts';
import styles from './form.module.css';
import { countCharacters } from './graphemes.ts';

/** How many characters are left of what a field may hold. */
export function CharacterCount({ text, most }: { readonly text: string; readonly most: number }) {
  const left = most - countCharacters(text);
  return (
    <span className={`${styles.count} ${left < 0 ? styles.tooMany : ''}`} title={t('form.charactersLeft', { n: left })}>
      <span aria-hidden="true">{left}</span>
      <span className="visually-hidden">{t('form.charactersLeft', { n: left })}</span>
    </span>
  );
}
