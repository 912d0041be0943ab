import './app/base.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { watchConnection } from './api/connection.ts';
import { queryClient } from './api/query-client.ts';
import { Frame } from './app/frame.tsx';
import { keepScroll } from './app/scroll.ts';
import { chooseLanguage } from './i18n/translate.ts';
import { settleOwner } from './offline/owner.ts';
import { applyPreferences } from './state/preferences.ts';

applyPreferences();
watchConnection();
keepScroll();
// Not awaited at the top of the module: what is fetched meanwhile imports from the very file that would wait for it.
void start();

async function start(): Promise<void> {
  // Without the texts of a language it speaks English.
  await Promise.all([settleOwner(), chooseLanguage().catch(() => {})]);
  createRoot(document.getElementById('app')!).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <Frame />
      </QueryClientProvider>
    </StrictMode>,
  );
  // Whatever the first screen needs comes first.
  const whenIdle = window.requestIdleCallback ?? setTimeout;
  whenIdle(() => void import('./offline/start.ts').then(({ startOffline }) => startOffline()));
}
