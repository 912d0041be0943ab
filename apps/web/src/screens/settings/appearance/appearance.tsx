import { useState } from 'react';
import { chooseLanguage, t } from '../../../i18n/translate.ts';
import { CHOICES } from '../../../state/preference-values.ts';
import { setPreferences, usePreferences } from '../../../state/preferences.ts';
import { Choice } from '../../../ui/field.tsx';
import form from '../../../ui/form.module.css';
import { Screen } from '../../../ui/screen.tsx';
import { toast } from '../../../ui/toasts.tsx';
import { Choices } from './choices.tsx';

/** Each language in its own words: whoever came to the wrong one finds the way back. */
const LANGUAGES = { en: 'English', de: 'Deutsch' } as const;
const SIZES = ['small', 'medium', 'large', 'huge'] as const;

/** How the client looks on this device. Every choice is seen at once. */
export default function Appearance() {
  const { theme, textSize, motion, language, shortcuts } = usePreferences();
  const [busy, setBusy] = useState(false);
  const speak = async (wanted: typeof language) => {
    setBusy(true);
    setPreferences({ language: wanted });
    try {
      await chooseLanguage();
      // The whole page is drawn anew in the other language: whoever uses the keyboard stays where they were.
      requestAnimationFrame(() => document.querySelector<HTMLElement>('input[name="language"]:checked')?.focus());
    } catch {
      setPreferences({ language });
      toast(t('failure.offline'));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Screen title={t('settings.appearance')} back>
      <div className={form.form}>
        <p className={form.hint}>{t('appearance.device')}</p>
        <Choices
          name="theme"
          legend={t('appearance.theme')}
          options={CHOICES.theme}
          chosen={theme}
          label={(one) => t(`appearance.theme.${one}`)}
          onChoose={(one) => setPreferences({ theme: one })}
        />
        <Choices
          name="textSize"
          legend={t('appearance.textSize')}
          options={SIZES}
          chosen={textSize}
          label={(one) => t(`appearance.textSize.${one}`)}
          onChoose={(one) => setPreferences({ textSize: one })}
        />
        <Choices
          name="language"
          legend={t('appearance.language')}
          options={CHOICES.language}
          chosen={language}
          disabled={busy}
          label={(one) => (one === 'system' ? t('appearance.language.system') : LANGUAGES[one])}
          onChoose={speak}
        />
        <fieldset className={form.field}>
          <legend className={form.label}>{t('appearance.behaviour')}</legend>
          <Choice
            type="checkbox"
            checked={motion === 'reduced'}
            hint={t('appearance.motion.hint')}
            onChange={(checked) => setPreferences({ motion: checked ? 'reduced' : 'system' })}
          >
            {t('appearance.motion')}
          </Choice>
          <Choice
            type="checkbox"
            checked={shortcuts}
            hint={t('appearance.shortcuts.hint')}
            onChange={(checked) => setPreferences({ shortcuts: checked })}
          >
            {t('appearance.shortcuts')}
          </Choice>
        </fieldset>
      </div>
    </Screen>
  );
}
