import { lazy, Suspense, useEffect } from 'react';
import { useLocation } from 'wouter';
import { boot } from '../app/boot.ts';
import { ErrorBoundary } from '../app/error-boundary.tsx';
import { withTexts } from '../i18n/translate.ts';
import { leaveAsked, useAsked } from './open.ts';

const Composer = lazy(withTexts('composer', () => import('./composer.tsx')));
const DeleteDialog = lazy(withTexts('composer', () => import('./delete-dialog.tsx')));
const HistoryDialog = lazy(withTexts('composer', () => import('./history-dialog.tsx')));

const fetchSender = withTexts('composer', () => import('./sender.ts'));

/** What waited is sent once the first screen is there. */
const SOON_MS = 1_000;

/** Where the composer and what belongs to it opens, over any screen. It is fetched when it is first asked for. */
export function AskedHost() {
  const asked = useAsked();
  const [path] = useLocation();
  useEffect(() => leaveAsked(path), [path]);
  useEffect(() => {
    if (boot.account === null) return;
    const timer = setTimeout(() => void fetchSender().then(({ startSender }) => startSender()), SOON_MS);
    return () => clearTimeout(timer);
  }, []);
  if (asked === null) return null;
  return (
    <ErrorBoundary>
      <Suspense>
        {asked.kind === 'compose' && <Composer intent={asked.intent} />}
        {asked.kind === 'delete' && <DeleteDialog status={asked.status} redraft={asked.redraft} />}
        {asked.kind === 'history' && <HistoryDialog status={asked.status} />}
      </Suspense>
    </ErrorBoundary>
  );
}
