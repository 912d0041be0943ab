import { useQuery } from '@tanstack/react-query';
import { AppWindow, Monitor, Smartphone } from 'lucide-react';
import { lazy, Suspense, useRef, useState } from 'react';
import { endOtherSessions, endSession, type Session, sessionsQuery } from '../../../api/sessions.ts';
import { exactTime, relativeTime } from '../../../i18n/times.ts';
import { t } from '../../../i18n/translate.ts';
import { Button } from '../../../ui/button.tsx';
import { FailureNotice, failureWords } from '../../../ui/failure-notice.tsx';
import { LoadingMore } from '../../../ui/loading.tsx';
import { Screen } from '../../../ui/screen.tsx';
import { toast } from '../../../ui/toasts.tsx';
import { abilitiesOf } from './abilities.ts';
import { deviceOf } from './device.ts';
import styles from './sessions.module.css';

const ConfirmDialog = lazy(() =>
  import('../../../ui/confirm-dialog.tsx').then(({ ConfirmDialog }) => ({ default: ConfirmDialog })),
);

/** Where somebody is signed in: browsers, and apps that act for them. */
export default function Sessions() {
  const { data, error, refetch } = useQuery(sessionsQuery);
  const others = data?.filter(({ current }) => !current) ?? [];
  const end = async (session: Session) => {
    try {
      await endSession(session.id);
      toast(t('sessions.ended', { name: nameOf(session) }));
      await refetch();
    } catch (thrown) {
      toast(failureWords(thrown));
    }
  };
  return (
    <Screen title={t('settings.sessions')} back>
      {data === undefined && error !== null && <FailureNotice error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <LoadingMore />}
      <ul>
        {data?.map((session) => (
          <SessionRow key={session.id} session={session} onEnd={() => end(session)} />
        ))}
      </ul>
      {others.length > 0 && <EndOthers onEnded={() => void refetch()} />}
    </Screen>
  );
}

interface RowProps {
  readonly session: Session;
  readonly onEnd: () => Promise<void>;
}

function SessionRow({ session, onEnd }: RowProps) {
  const [busy, setBusy] = useState(false);
  const { app_name, scopes, user_agent, current, ip, created_at, last_used_at } = session;
  const abilities = abilitiesOf(scopes).map((ability) => t(ability));
  const Icon = app_name !== null ? AppWindow : deviceOf(user_agent).phone ? Smartphone : Monitor;
  const name = nameOf(session);
  const end = async () => {
    setBusy(true);
    await onEnd();
    setBusy(false);
  };
  return (
    <li className={styles.row}>
      <Icon aria-hidden="true" size={22} />
      <div className={styles.words}>
        <p className={styles.name}>
          <bdi>{name}</bdi>
          {current && <span className={styles.here}>{t('sessions.here')}</span>}
        </p>
        <p className={styles.about}>
          <span title={exactTime(last_used_at)}>{t('sessions.used', { time: relativeTime(last_used_at) })}</span>
          {' · '}
          <span title={exactTime(created_at)}>{t('sessions.since', { time: relativeTime(created_at) })}</span>
          {ip !== '' && <bdi> · {ip}</bdi>}
        </p>
        {abilities.length > 0 && (
          <p className={styles.about}>{t('sessions.may', { abilities: abilities.join('; ') })}</p>
        )}
      </div>
      {!current && (
        <Button small busy={busy} onClick={end} aria-label={t('sessions.end.name', { name })}>
          {t('sessions.end')}
        </Button>
      )}
    </li>
  );
}

function EndOthers({ onEnded }: { readonly onEnded: () => void }) {
  const [asking, setAsking] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const endAll = async () => {
    try {
      await endOtherSessions();
      toast(t('sessions.allEnded'));
      onEnded();
    } catch (error) {
      toast(failureWords(error));
    }
  };
  return (
    <p className={styles.all}>
      <Button ref={button} kind="danger" onClick={() => setAsking(true)}>
        {t('sessions.endAll')}
      </Button>
      {asking && (
        <Suspense>
          <ConfirmDialog
            title={t('sessions.endAll')}
            verb={t('sessions.endAll.do')}
            returnTo={button}
            onConfirm={endAll}
            onClose={() => setAsking(false)}
          >
            {t('sessions.endAll.lead')}
          </ConfirmDialog>
        </Suspense>
      )}
    </p>
  );
}

function nameOf({ app_name, user_agent }: Session): string {
  if (app_name !== null) return app_name;
  const { browser, system } = deviceOf(user_agent);
  if (browser === undefined) return t('sessions.browser');
  return system === undefined ? browser : t('sessions.browserOn', { browser, system });
}
