import { useState } from 'react';
import { Link } from 'wouter';
import { changeMe, type OwnChange } from '../../../api/own-account.ts';
import type { CredentialAccount } from '../../../api/types.ts';
import { me } from '../../../app/boot.ts';
import { postLanguages } from '../../../i18n/post-languages.ts';
import { t } from '../../../i18n/translate.ts';
import { failureWords } from '../../../ui/failure-notice.tsx';
import { Choice, Field } from '../../../ui/field.tsx';
import form from '../../../ui/form.module.css';
import { Screen } from '../../../ui/screen.tsx';
import { toast } from '../../../ui/toasts.tsx';

const VISIBILITIES = ['public', 'unlisted', 'private'] as const;
const SWITCHES = ['locked', 'discoverable', 'indexable', 'hide_collections'] as const;

type Source = CredentialAccount['source'];

/** Who may see and find what. Each choice holds as soon as it is made. */
export default function PrivacySettings() {
  const [account, setAccount] = useState(me);
  const [saved, setSaved] = useState(false);
  const save = async (shown: CredentialAccount, change: OwnChange) => {
    const before = account;
    setAccount(shown);
    setSaved(false);
    try {
      setAccount(await changeMe(change));
      setSaved(true);
    } catch (error) {
      setAccount(before);
      toast(failureWords(error));
    }
  };
  const turn = (name: (typeof SWITCHES)[number], on: boolean) => save({ ...account, [name]: on }, { [name]: on });
  const prefer = (part: Partial<Pick<Source, 'privacy' | 'sensitive'>> & { readonly language?: string }) =>
    save({ ...account, source: { ...account.source, ...part } }, { source: part });
  const { source } = account;
  return (
    <Screen title={t('privacy.title')} back>
      <p className="visually-hidden" role="status">
        {saved && t('form.saved')}
      </p>
      <div className={form.form}>
        <section aria-label={t('privacy.account')}>
          {SWITCHES.map((name) => (
            <Choice
              key={name}
              type="checkbox"
              checked={account[name]}
              hint={t(`privacy.${name}.hint`)}
              onChange={(on) => void turn(name, on)}
            >
              {t(`privacy.${name}`)}
            </Choice>
          ))}
        </section>
        <section className={form.section} aria-labelledby="posting">
          <h2 id="posting">{t('privacy.posting')}</h2>
          <fieldset className={form.field}>
            <legend className={form.label}>{t('privacy.visibility')}</legend>
            {VISIBILITIES.map((visibility) => (
              <Choice
                key={visibility}
                type="radio"
                name="visibility"
                checked={source.privacy === visibility}
                onChange={() => void prefer({ privacy: visibility })}
              >
                {t(`post.visibility.${visibility}`)}
              </Choice>
            ))}
          </fieldset>
          <Choice
            type="checkbox"
            checked={source.sensitive}
            hint={t('privacy.sensitive.hint')}
            onChange={(sensitive) => void prefer({ sensitive })}
          >
            {t('privacy.sensitive')}
          </Choice>
          <Field label={t('privacy.language')}>
            {(control) => (
              <select
                {...control}
                value={source.language ?? ''}
                onChange={(event) => void prefer({ language: event.target.value })}
              >
                <option value="">{t('privacy.languageNone')}</option>
                {postLanguages(source.language).map(({ tag, name }) => (
                  <option key={tag} value={tag}>
                    {name}
                  </option>
                ))}
              </select>
            )}
          </Field>
        </section>
        <nav className={form.section} aria-label={t('privacy.people')}>
          <h2>{t('privacy.people')}</h2>
          <Link href="/follow-requests">{t('requests.title')}</Link>
          <Link href="/blocks">{t('blocks.title')}</Link>
          <Link href="/mutes">{t('mutes.title')}</Link>
        </nav>
      </div>
    </Screen>
  );
}
