import { useEffect, useState } from 'react';
import { api } from '../api/client.ts';
import { isOffline, setConnection, useConnection } from '../api/connection.ts';
import { queryClient } from '../api/query-client.ts';
import { t } from '../i18n/translate.ts';
import { buttonClass } from '../ui/button.tsx';
import { toast } from '../ui/toasts.tsx';
import { boot } from './boot.ts';
import styles from './connection-banner.module.css';

const LOOK_EVERY_MS = 10_000;

/** Says what stands between this page and its server, wherever one is; what can go on by itself does. */
export function ConnectionBanner() {
  const { offline, busyUntilMs, signedOut } = useConnection();
  useReturn(offline);
  const seconds = useSecondsTo(busyUntilMs);
  return (
    <div role="status" className={styles.place}>
      {signedOut && boot.account !== null ? (
        <div className={styles.banner}>
          <p>{t('connection.signedOut')}</p>
          <a href={`/sign-in?next=${encodeURIComponent(location.pathname)}`} className={buttonClass('plain', true)}>
            {t('common.signIn')}
          </a>
        </div>
      ) : offline ? (
        <p className={styles.banner}>{t('connection.offline')}</p>
      ) : (
        seconds > 0 && <p className={styles.banner}>{t('connection.busy', { n: seconds })}</p>
      )}
    </div>
  );
}

/** Looks whether the server can be reached again; then what failed meanwhile is asked for once more. */
function useReturn(offline: boolean): void {
  useEffect(() => {
    if (!offline) return;
    const look = () => void api.GET('/api/v2/instance').catch(() => {});
    const timer = setInterval(look, LOOK_EVERY_MS);
    addEventListener('online', look);
    return () => {
      clearInterval(timer);
      removeEventListener('online', look);
      if (isOffline()) return;
      toast(t('connection.back'));
      void queryClient.refetchQueries({ type: 'active', predicate: ({ state }) => state.status === 'error' });
    };
  }, [offline]);
}

function useSecondsTo(untilMs: number): number {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    if (untilMs === 0) return;
    const count = () => {
      const left = Math.max(0, Math.ceil((untilMs - Date.now()) / 1_000));
      setSeconds(left);
      if (left === 0) setConnection({ busyUntilMs: 0 });
    };
    count();
    const timer = setInterval(count, 1_000);
    return () => clearInterval(timer);
  }, [untilMs]);
  return seconds;
}
