import { useEffect, useId, useRef, useState } from 'react';
import { answered, api } from '../../api/client.ts';
import { rememberRelationship, useRelationship } from '../../api/relationships.ts';
import type { Account } from '../../api/types.ts';
import { t } from '../../i18n/translate.ts';
import { Button } from '../../ui/button.tsx';
import { failureWords } from '../../ui/failure-notice.tsx';
import styles from './profile.module.css';

const MOST_CHARACTERS = 2_000;

/** What was typed and could not be saved yet: kept while somebody looks elsewhere. */
const unsaved = new Map<string, string>();

/** A note about somebody that only its writer sees. Saved when the field is left. */
export function PrivateNote({ account, open }: { readonly account: Account; readonly open: boolean }) {
  const { data: relationship } = useRelationship(account.id);
  const [shown, setShown] = useState(false);
  const wanted = relationship !== undefined && (open || relationship.note !== '' || unsaved.has(account.id));
  // One that was emptied stays until the profile is left: its field must not go while somebody looks at it.
  useEffect(() => {
    if (wanted) setShown(true);
  }, [wanted]);
  if (relationship === undefined || !(wanted || shown)) return null;
  return <NoteField id={account.id} saved={relationship.note} focus={open} />;
}

function NoteField({ id, saved, focus }: { readonly id: string; readonly saved: string; readonly focus: boolean }) {
  const [text, setText] = useState(unsaved.get(id) ?? saved);
  const [state, setState] = useState<'saved' | 'saving' | 'quiet' | { readonly error: unknown }>('quiet');
  const field = useRef<HTMLTextAreaElement>(null);
  const name = useId();
  useEffect(() => {
    if (focus) field.current?.focus();
  }, [focus]);
  const save = async () => {
    if (text === saved) {
      unsaved.delete(id);
      return;
    }
    setState('saving');
    try {
      const call = api.POST('/api/v1/accounts/{id}/note', { params: { path: { id } }, body: { comment: text } });
      rememberRelationship(await answered(call));
      unsaved.delete(id);
      setState('saved');
    } catch (error) {
      setState({ error });
    }
  };
  const type = (typed: string) => {
    setText(typed);
    setState('quiet');
    unsaved.set(id, typed);
  };
  return (
    <div className={styles.note}>
      <label htmlFor={name}>{t('people.note')}</label>
      <textarea
        id={name}
        ref={field}
        value={text}
        rows={2}
        maxLength={MOST_CHARACTERS}
        aria-describedby={`${name}-hint`}
        onChange={(event) => type(event.target.value)}
        onBlur={save}
      />
      <p id={`${name}-hint`}>{t('people.noteHint')}</p>
      <div role="status">
        {state === 'saving' && t('form.saving')}
        {state === 'saved' && t('form.saved')}
        {typeof state === 'object' && (
          <>
            <span className={styles.wrong}>{failureWords(state.error)}</span>{' '}
            <Button small onClick={save}>
              {t('common.retry')}
            </Button>
          </>
        )}
      </div>
    </div>
  );
}
