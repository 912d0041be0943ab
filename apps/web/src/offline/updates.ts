import { t } from '../i18n/translate.ts';
import { toast } from '../ui/toasts.tsx';
import type { ToWorker } from './kept-names.ts';

const LOOK_EVERY_MS = 3_600_000;
const SHOWN_MS = 86_400_000;

/** Tells of a newer client when it is there. Nobody is interrupted: it takes effect when they say so, or when they come the next time. */
export function offerUpdates(registration: ServiceWorkerRegistration): void {
  if (registration.waiting) void offer(registration.waiting);
  registration.addEventListener('updatefound', () => {
    const next = registration.installing;
    next?.addEventListener('statechange', () => {
      if (next.state === 'installed' && navigator.serviceWorker.controller !== null) void offer(next);
    });
  });
  let lookedMs = Date.now();
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible' || Date.now() - lookedMs < LOOK_EVERY_MS) return;
    lookedMs = Date.now();
    void registration.update().catch(() => {});
  });
}

async function offer(next: ServiceWorker): Promise<void> {
  const takeOver = () => next.postMessage({ kind: 'take-over' } satisfies ToWorker);
  // The page came from the server, so it may be of the newer build already.
  if ((await filesOf(next)).includes(ownFile())) return takeOver();
  toast(
    t('offline.update'),
    {
      label: t('offline.reload'),
      run: () => {
        navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
        takeOver();
      },
    },
    SHOWN_MS,
  );
}

function filesOf(worker: ServiceWorker): Promise<readonly string[]> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => resolve(data as readonly string[]);
    worker.postMessage({ kind: 'files' } satisfies ToWorker, [port2]);
  });
}

/** The name of the file that this page began with. */
function ownFile(): string {
  const script = document.querySelector<HTMLScriptElement>('script[type="module"]');
  return script?.src.split('/').at(-1) ?? '';
}
