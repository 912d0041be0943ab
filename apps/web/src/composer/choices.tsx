import { postLanguages } from '../i18n/post-languages.ts';
import { t } from '../i18n/translate.ts';
import styles from './composer.module.css';
import type { ChangeDraft } from './composer-form.tsx';
import type { Draft, Visibility } from './draft.ts';

const VISIBILITIES: readonly Visibility[] = ['public', 'unlisted', 'private'];

/** Who may see the post, in which language it is, and whether its pictures are covered. */
export function Choices({ draft, change }: { readonly draft: Draft; readonly change: ChangeDraft }) {
  const { visibility, language, sensitive, media, editId } = draft;
  return (
    <div className={styles.choices}>
      <label className={styles.choice}>
        <span className={styles.choiceName}>{t('composer.visibility')}</span>
        <select
          className={styles.select}
          value={visibility}
          disabled={editId !== null}
          onChange={(event) => change({ visibility: event.target.value as Visibility })}
        >
          {VISIBILITIES.map((one) => (
            <option key={one} value={one}>
              {t(`post.visibility.${one}`)}
            </option>
          ))}
        </select>
      </label>
      <label className={styles.choice}>
        <span className={styles.choiceName}>{t('composer.language')}</span>
        <select
          className={styles.select}
          value={language}
          onChange={(event) => change({ language: event.target.value })}
        >
          <option value="">{t('composer.noLanguage')}</option>
          {postLanguages(language).map(({ tag, name }) => (
            <option key={tag} value={tag}>
              {name}
            </option>
          ))}
        </select>
      </label>
      {media.length > 0 && (
        <label className={styles.inline}>
          <input
            type="checkbox"
            checked={sensitive}
            onChange={(event) => change({ sensitive: event.target.checked })}
          />
          <span>{t('composer.sensitive')}</span>
        </label>
      )}
    </div>
  );
}
