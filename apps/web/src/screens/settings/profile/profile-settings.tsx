import { useEffect, useState } from 'react';
import { changeMeWithFiles } from '../../../api/own-account.ts';
import { me } from '../../../app/boot.ts';
import { t } from '../../../i18n/translate.ts';
import { Button } from '../../../ui/button.tsx';
import { CharacterCount } from '../../../ui/character-count.tsx';
import { failureWords } from '../../../ui/failure-notice.tsx';
import { Choice, Field } from '../../../ui/field.tsx';
import form from '../../../ui/form.module.css';
import { countCharacters } from '../../../ui/graphemes.ts';
import type { RefusalKeys } from '../../../ui/refusal-keys.ts';
import { refusalWords } from '../../../ui/refusal-words.ts';
import { Screen } from '../../../ui/screen.tsx';
import { differs, draftOf, formOf, MOST_BIO, MOST_NAME, type ProfileDraft } from './draft.ts';
import { FieldsEditor } from './fields-editor.tsx';
import { PictureField } from './picture-field.tsx';
import { forgetDraft, keepDraft, unsavedDraft } from './unsaved-draft.ts';

/** `unsaved`: it began with what was typed before. */
type FormState = 'quiet' | 'unsaved' | 'saving' | 'saved' | { readonly error: unknown };

/** What codes of the server mean in this form. */
const WRONG: RefusalKeys = {
  'avatar ERR_TOO_LONG': 'refused.tooLarge',
  'header ERR_TOO_LONG': 'refused.tooLarge',
  'file ERR_INVALID': 'profileSettings.notAPicture',
  'fields_attributes ERR_BLANK': 'profileSettings.fieldBlank',
};

/** How one appears to others. */
export default function ProfileSettings() {
  const [account, setAccount] = useState(me);
  const [draft, setDraft] = useState(() => unsavedDraft(account));
  const dirty = differs(draft, account);
  const [state, setState] = useState<FormState>(dirty ? 'unsaved' : 'quiet');
  useWarningBeforeUnload(draft.avatar instanceof Blob || draft.header instanceof Blob);
  const change = (part: Partial<ProfileDraft>) => {
    const changed = { ...draft, ...part };
    keepDraft(changed, account);
    setDraft(changed);
    setState('quiet');
  };
  const discard = () => {
    forgetDraft();
    setDraft(draftOf(account));
    setState('quiet');
  };
  const save = async () => {
    setState('saving');
    try {
      const saved = await changeMeWithFiles(formOf(draft));
      forgetDraft();
      setAccount(saved);
      setDraft(draftOf(saved));
      setState('saved');
    } catch (error) {
      setState({ error });
    }
  };
  const error = typeof state === 'object' ? state.error : undefined;
  const wrong = refusalWords(error, WRONG);
  const tooLong = countCharacters(draft.bio) > MOST_BIO || countCharacters(draft.displayName) > MOST_NAME;
  return (
    <Screen title={t('profileSettings.title')} back>
      <form
        className={form.form}
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <PictureField
          kind="header"
          account={account}
          picture={draft.header}
          description={draft.headerDescription}
          error={wrong.header}
          onPicture={(header) => change({ header })}
          onDescription={(headerDescription) => change({ headerDescription })}
        />
        <PictureField
          kind="avatar"
          account={account}
          picture={draft.avatar}
          description={draft.avatarDescription}
          error={wrong.avatar}
          onPicture={(avatar) => change({ avatar })}
          onDescription={(avatarDescription) => change({ avatarDescription })}
        />
        <Field
          label={t('profileSettings.name')}
          aside={<CharacterCount text={draft.displayName} most={MOST_NAME} />}
          error={wrong.display_name}
        >
          {(control) => (
            <input
              {...control}
              dir="auto"
              value={draft.displayName}
              autoComplete="name"
              onChange={(event) => change({ displayName: event.target.value })}
            />
          )}
        </Field>
        <Field
          label={t('profileSettings.bio')}
          aside={<CharacterCount text={draft.bio} most={MOST_BIO} />}
          error={wrong.note}
        >
          {(control) => (
            <textarea
              {...control}
              dir="auto"
              value={draft.bio}
              onChange={(event) => change({ bio: event.target.value })}
            />
          )}
        </Field>
        <FieldsEditor
          fields={draft.fields}
          error={wrong.fields_attributes ?? wrong.fields}
          onChange={(fields) => change({ fields })}
        />
        <Choice
          type="checkbox"
          checked={draft.bot}
          hint={t('profileSettings.botHint')}
          onChange={(bot) => change({ bot })}
        >
          {t('profileSettings.bot')}
        </Choice>
        {error !== undefined && (
          <p className={form.wrong} role="alert">
            {failureWords(error, WRONG)}
          </p>
        )}
        <div className={form.actions}>
          <Button type="submit" kind="primary" busy={state === 'saving'} disabled={!dirty || tooLong}>
            {t('common.save')}
          </Button>
          {dirty && (
            <Button kind="quiet" onClick={discard}>
              {t('profileSettings.discard')}
            </Button>
          )}
          <span role="status" className={form.saved}>
            {state === 'saved' && t('form.saved')}
          </span>
          {state === 'unsaved' && <span className={form.hint}>{t('profileSettings.unsaved')}</span>}
        </div>
      </form>
    </Screen>
  );
}

/** Words are kept; a picture is lost with the page, so the browser asks. */
function useWarningBeforeUnload(chosen: boolean): void {
  useEffect(() => {
    if (!chosen) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', warn);
    return () => removeEventListener('beforeunload', warn);
  }, [chosen]);
}
