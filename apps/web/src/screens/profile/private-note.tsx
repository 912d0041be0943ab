import { useEffect, useId, useRef, useState } from 'react';
import { answered, api } from '../../api/client.ts';
import { rememberRelationship, useRelationship } from '../../api/relationships.ts';
import type { Account } from '../../api/types.ts';
import { t } from '../../i18n/translate.ts';
import { forgetUnsaved, keepUnsaved, unsaved } from '../../offline/unsaved.ts';
import { Button } from '../../ui/button.tsx';
import { failureWords } from '../../ui/failure-notice.tsx';
import styles from './profile.module.css';

const MOST_CHARACTERS = 2_000;

/** What was typed and is not saved yet; undefined where nothing is. */
function unsavedNote(id: string): string | undefined {
  const kept = unsaved(keptAs(id));
  return typeof kept === 'string' ? kept : undefined;
}

const keptAs = (id: string) => `note:${id}`;

/** A note about somebody that only its writer sees. Saved when the field is left. */
export function PrivateNote({ account, open }: { readonly account: Account; readonly open: boolean }) {
  const { data: relationship } = useRelationship(account.id);
  const [shown, setShown] = useState(false);
  const wanted =
    relationship !== undefined && (open || relationship.note !== '' || unsavedNote(account.id) !== undefined);
  // One that was emptied stays until the profile is left: its field must not go while somebody looks at it.
  useEffect(() => {
    if (wanted) setShown(true);
  }, [wanted]);
  if (relationship === undefined || !(wanted || shown)) return null;
  return <NoteField id={account.id} saved={relationship.note} focus={open} />;
}

type NoteState = 'saved' | 'saving' | 'quiet' | 'unsaved' | { readonly error: unknown };

function NoteField({ id, saved, focus }: { readonly id: string; readonly saved: string; readonly focus: boolean }) {
  const [text, setText] = useState(() => unsavedNote(id) ?? saved);
  const [state, setState] = useState<NoteState>(text === saved ? 'quiet' : 'unsaved');
  const field = useRef<HTMLTextAreaElement>(null);
  const name = useId();
  useEffect(() => {
    if (focus) field.current?.focus();
  }, [focus]);
  const save = async () => {
    if (text === saved) {
      forgetUnsaved(keptAs(id));
      setState((before) => (before === 'saved' ? before : 'quiet'));
      return;
    }
    setState('saving');
    try {
      const call = api.POST('/api/v1/accounts/{id}/note', { params: { path: { id } }, body: { comment: text } });
      rememberRelationship(await answered(call));
      // What was typed meanwhile is not saved yet.
      if ((unsavedNote(id) ?? text) !== text) return;
      forgetUnsaved(keptAs(id));
      setState('saved');
    } catch (error) {
      setState({ error });
    }
  };
  const type = (typed: string) => {
    setText(typed);
    setState('quiet');
    keepUnsaved(keptAs(id), typed);
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
        {state === 'unsaved' && <Unsaved words={t('people.noteUnsaved')} verb={t('common.save')} onSave={save} />}
        {typeof state === 'object' && (
          <Unsaved words={failureWords(state.error)} verb={t('common.retry')} onSave={save} />
        )}
      </div>
    </div>
  );
}

interface UnsavedProps {
  readonly words: string;
  readonly verb: string;
  readonly onSave: () => void;
}

function Unsaved({ words, verb, onSave }: UnsavedProps) {
  return (
    <>
      <span className={styles.wrong}>{words}</span>{' '}
      <Button small onClick={onSave}>
        {verb}
      </Button>
    </>
  );
}
