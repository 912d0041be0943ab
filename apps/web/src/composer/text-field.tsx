import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { t } from '../i18n/translate.ts';
import { completed, type TypedName, typedNameAt } from './completion.ts';
import styles from './composer.module.css';
import type { ChangeDraft } from './composer-form.tsx';
import type { Draft } from './draft.ts';
import { Fault } from './fault.tsx';
import { optionId, SuggestionList } from './suggestion-list.tsx';
import { type Suggestion, useSuggestions } from './suggestions.ts';

interface TextFieldProps {
  readonly draft: Draft;
  readonly change: ChangeDraft;
  readonly fault: string | undefined;
  readonly describedBy: string;
}

/** The text of the post. While a name or a tag is typed, those that begin so can be chosen. */
export function TextField({ draft, change, fault, describedBy }: TextFieldProps) {
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const [typed, setTyped] = useState<TypedName>();
  const [active, setActive] = useState(0);
  const found = useSuggestions(typed);
  // What stands in the form is known a moment after the dialog is open: only now there is something to write in.
  useEffect(() => {
    const { current } = field;
    current?.focus();
    current?.setSelectionRange(current.value.length, current.value.length);
  }, []);
  const chosen = Math.min(active, found.length - 1);

  const look = (element: HTMLTextAreaElement) => {
    const { value, selectionStart, selectionEnd } = element;
    setTyped(selectionStart === selectionEnd ? typedNameAt(value, selectionStart) : undefined);
    setActive(0);
  };
  const choose = ({ name }: Suggestion) => {
    if (typed === undefined) return;
    const { text, caret } = completed(draft.text, typed, name);
    change({ text });
    setTyped(undefined);
    // The field has the new text only once it is drawn.
    requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.setSelectionRange(caret, caret);
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (found.length === 0 || event.nativeEvent.isComposing || event.ctrlKey || event.metaKey) return;
    const act = {
      ArrowDown: () => setActive((chosen + 1) % found.length),
      ArrowUp: () => setActive((chosen + found.length - 1) % found.length),
      Enter: () => choose(found[chosen]!),
      Tab: () => choose(found[chosen]!),
      // Only the list goes: the composer stays.
      Escape: () => setTyped(undefined),
    }[event.key];
    if (act === undefined || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  const open = found.length > 0;
  return (
    <div>
      <label className="visually-hidden" htmlFor={id}>
        {t('composer.text')}
      </label>
      <textarea
        ref={field}
        id={id}
        data-composer-text
        className={styles.textarea}
        value={draft.text}
        dir="auto"
        rows={4}
        placeholder={t(draft.replyToId === null ? 'composer.placeholder' : 'composer.placeholderReply')}
        aria-autocomplete="list"
        aria-controls={open ? `${id}-list` : undefined}
        aria-activedescendant={open ? optionId(id, chosen) : undefined}
        aria-describedby={`${describedBy}${fault === undefined ? '' : ` ${id}-fault`}`}
        aria-invalid={fault !== undefined || undefined}
        onChange={(event) => {
          change({ text: event.target.value });
          look(event.target);
        }}
        onKeyDown={onKeyDown}
        onClick={(event) => look(event.currentTarget)}
        onBlur={() => setTyped(undefined)}
      />
      {open && <SuggestionList id={id} found={found} chosen={chosen} onChoose={choose} />}
      <span className="visually-hidden" role="status">
        {open && t('composer.suggestions', { n: found.length })}
      </span>
      <Fault id={`${id}-fault`} text={fault} />
    </div>
  );
}
