import { Dialog } from '@base-ui/react/dialog';
import { ChevronLeft, ChevronRight, X, ZoomIn, ZoomOut } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import type { MediaAttachment } from '../../api/types.ts';
import { t } from '../../i18n/translate.ts';
import styles from './viewer.module.css';
import { AT_REST, MOST_SCALE, type Point, type Stand, type Swipe } from './zoom.ts';
import { Zoomable } from './zoomable.tsx';

interface ViewerProps {
  readonly pictures: readonly MediaAttachment[];
  readonly first: string;
  readonly onClose: () => void;
}

const STEP = 1.6;
const NOWHERE: Point = { x: 0, y: 0 };

/** The pictures of a post, as large as the window, one after the other. */
export default function Viewer({ pictures, first, onClose }: ViewerProps) {
  const [at, setAt] = useState(() =>
    Math.max(
      0,
      pictures.findIndex(({ id }) => id === first),
    ),
  );
  const [{ stand, swiped }, setShown] = useState<{ stand: Stand; swiped: Point }>({ stand: AT_REST, swiped: NOWHERE });
  const close = useRef<HTMLButtonElement>(null);
  const picture = pictures[at]!;
  const go = (by: 1 | -1) => {
    const next = at + by;
    if (next < 0 || next >= pictures.length) return;
    setAt(next);
    setShown({ stand: AT_REST, swiped: NOWHERE });
  };
  const zoom = (scale: number) => {
    const next = Math.min(MOST_SCALE, Math.max(1, scale));
    const factor = next / stand.scale;
    setShown({
      stand: next === 1 ? AT_REST : { scale: next, x: stand.x * factor, y: stand.y * factor },
      swiped: NOWHERE,
    });
  };
  const swipe = (swipe: NonNullable<Swipe>) => {
    if (swipe === 'close') onClose();
    else go(swipe === 'next' ? 1 : -1);
  };
  const press = (event: KeyboardEvent) => {
    const does: Readonly<Record<string, () => void>> = {
      ArrowRight: () => go(1),
      ArrowLeft: () => go(-1),
      '+': () => zoom(stand.scale * STEP),
      '-': () => zoom(stand.scale / STEP),
      '0': () => zoom(1),
    };
    does[event.key]?.();
  };
  const name = pictures.length > 1 ? t('viewer.place', { at: at + 1, n: pictures.length }) : t('post.picture');
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Popup className={styles.viewer} initialFocus={close} onKeyDown={press}>
          <header className={styles.bar}>
            <Dialog.Title className={styles.place} aria-live="polite">
              {name}
            </Dialog.Title>
            <Tool label={t('viewer.smaller')} disabled={stand.scale === 1} onPress={() => zoom(stand.scale / STEP)}>
              <ZoomOut />
            </Tool>
            <Tool
              label={t('viewer.larger')}
              disabled={stand.scale === MOST_SCALE}
              onPress={() => zoom(stand.scale * STEP)}
            >
              <ZoomIn />
            </Tool>
            <Dialog.Close ref={close} className={styles.tool} aria-label={t('common.close')} title={t('common.close')}>
              <X aria-hidden="true" />
            </Dialog.Close>
          </header>
          <Zoomable
            key={picture.id}
            picture={picture}
            stand={stand}
            swiped={swiped}
            onStand={(next, aside) => setShown({ stand: next, swiped: aside })}
            onSwipe={swipe}
          />
          {pictures.length > 1 && (
            <div className={styles.turns}>
              <Tool label={t('viewer.previous')} disabled={at === 0} onPress={() => go(-1)}>
                <ChevronLeft />
              </Tool>
              <Tool label={t('viewer.next')} disabled={at === pictures.length - 1} onPress={() => go(1)}>
                <ChevronRight />
              </Tool>
            </div>
          )}
          <Dialog.Description className={styles.alt} dir="auto" tabIndex={0}>
            {picture.description || t('post.noAlt')}
          </Dialog.Description>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

interface ToolProps {
  readonly label: string;
  readonly disabled: boolean;
  readonly onPress: () => void;
  readonly children: ReactNode;
}

/** `aria-disabled` keeps the focus where it is when the last picture is reached. */
function Tool({ label, disabled, onPress, children }: ToolProps) {
  return (
    <button
      type="button"
      className={styles.tool}
      aria-label={label}
      title={label}
      aria-disabled={disabled}
      onClick={() => !disabled && onPress()}
    >
      <span aria-hidden="true">{children}</span>
    </button>
  );
}
