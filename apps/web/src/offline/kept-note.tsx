import { useEffect } from 'react';
import { homeTimeline, rereadTimeline } from '../api/timelines.ts';
import { relativeTime } from '../i18n/times.ts';
import { t } from '../i18n/translate.ts';
import { Button } from '../ui/button.tsx';
import { useHomeAge } from './home-age.ts';
import styles from './kept-note.module.css';

const TRY_EVERY_MS = 15_000;
const again = () => void rereadTimeline(homeTimeline);

/** Says how old the home is that is shown, and looks whether the server can be reached again. */
export function KeptNote() {
  const keptMs = useHomeAge();
  const shown = keptMs !== null;
  useEffect(() => {
    if (!shown) return;
    const timer = setInterval(again, TRY_EVERY_MS);
    addEventListener('online', again);
    return () => {
      clearInterval(timer);
      removeEventListener('online', again);
    };
  }, [shown]);
  return (
    <div role="status">
      {shown && (
        <div className={styles.note}>
          <p>{t('offline.home', { time: relativeTime(new Date(keptMs).toISOString()) })}</p>
          <Button small onClick={again}>
            {t('common.retry')}
          </Button>
        </div>
      )}
    </div>
  );
}
