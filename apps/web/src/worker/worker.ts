import { OUTBOX_TAG } from '../composer/outbox.ts';
import type { ToWorker } from '../offline/kept-names.ts';
import { assetPath, fetchAssets, removeOldAssets, serveAsset } from './assets.ts';
import { sendOutbox } from './outbox.ts';
import { isScreen, keepPageOnce, openPage } from './page.ts';
import { keepPictures, servePicture } from './pictures.ts';

// Lets the client start without a network. Answers of the API are never kept here and never given from memory: the page itself keeps its last home and says how old it is.
declare const self: ServiceWorkerGlobalScope;

self.addEventListener('install', (event) => event.waitUntil(fetchAssets()));

self.addEventListener('activate', (event) => event.waitUntil(begin()));

async function begin(): Promise<void> {
  // The request for a page goes out while the worker starts.
  await self.registration.navigationPreload?.enable();
  await self.clients.claim();
  // A page of the build before goes on to need its files.
  if ((await self.clients.matchAll()).length <= 1) await removeOldAssets();
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET') return;
  const url = new URL(request.url);
  const asset = assetPath(url);
  if (request.mode === 'navigate') {
    if (isScreen(url)) event.respondWith(openPage(event));
  } else if (asset !== undefined) event.respondWith(serveAsset(request, asset));
  else if (request.destination === 'image') event.respondWith(servePicture(request));
});

self.addEventListener('sync', (event) => {
  if (event.tag === OUTBOX_TAG) event.waitUntil(sendOutbox());
});

self.addEventListener('message', (event) => {
  const message = event.data as ToWorker;
  switch (message.kind) {
    case 'files':
      event.ports[0]?.postMessage(BUILT_ASSETS);
      break;
    case 'take-over':
      event.waitUntil(self.skipWaiting());
      break;
    case 'keep-page':
      event.waitUntil(keepPageOnce());
      break;
    case 'keep-pictures':
      event.waitUntil(keepPictures(message.addresses));
      break;
  }
});
