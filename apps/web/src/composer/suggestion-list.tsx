import { t } from '../i18n/translate.ts';
import { Avatar } from '../ui/avatar.tsx';
import styles from './suggestion-list.module.css';
import type { Suggestion } from './suggestions.ts';

interface SuggestionListProps {
  /** The id of the field that it belongs to. */
  readonly id: string;
  readonly found: readonly Suggestion[];
  readonly chosen: number;
  readonly onChoose: (suggestion: Suggestion) => void;
}

export const optionId = (id: string, index: number) => `${id}-option-${index}`;

/** Names to choose from. The focus stays in the field, whose keys choose. */
export function SuggestionList({ id, found, chosen, onChoose }: SuggestionListProps) {
  return (
    <div id={`${id}-list`} className={styles.list} role="listbox" aria-label={t('composer.suggestionsLabel')}>
      {found.map((suggestion, index) => (
        // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys of the field choose
        <div
          key={suggestion.name}
          id={optionId(id, index)}
          className={styles.option}
          role="option"
          aria-selected={index === chosen}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onChoose(suggestion)}
        >
          {suggestion.avatar === null ? (
            <bdi>#{suggestion.name}</bdi>
          ) : (
            <>
              <Avatar account={{ avatar: suggestion.avatar }} size="small" />
              <bdi className={styles.label}>{suggestion.label}</bdi>
              <span className={styles.name}>@{suggestion.name}</span>
            </>
          )}
        </div>
      ))}
    </div>
  );
}
