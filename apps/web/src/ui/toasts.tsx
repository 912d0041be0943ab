import { useSyncExternalStore } from 'react';
import { t } from '../i18n/translate.ts';
import { Button } from './button.tsx';
import styles from './toasts.module.css';

interface Toast {
  readonly id: number;
  readonly text: string;
  readonly action?: { readonly label: string; readonly run: () => void };
}

const SHOWN_MS = 8_000;
const listeners = new Set<() => void>();
let toasts: readonly Toast[] = [];
let last = 0;

/** Tells something in passing. Returns what takes it away. */
export function toast(text: string, action?: Toast['action'], shownMs = SHOWN_MS): () => void {
  const id = ++last;
  const dismiss = () => show(toasts.filter((one) => one.id !== id));
  show([...toasts, action === undefined ? { id, text } : { id, text, action }]);
  setTimeout(dismiss, shownMs);
  return dismiss;
}

function show(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

/** Where they are shown and read out. */
export function Toasts() {
  const shown = useSyncExternalStore(subscribe, () => toasts);
  return (
    <div className={styles.toasts} role="status" aria-live="polite">
      {shown.map(({ id, text, action }) => (
        <div key={id} className={styles.toast}>
          <span>{text}</span>
          {action && (
            <Button
              small
              kind="quiet"
              onClick={() => {
                show(toasts.filter((one) => one.id !== id));
                action.run();
              }}
            >
              {action.label}
            </Button>
          )}
          <Button
            small
            kind="quiet"
            aria-label={t('common.close')}
            onClick={() => show(toasts.filter((one) => one.id !== id))}
          >
            ×
          </Button>
        </div>
      ))}
    </div>
  );
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
