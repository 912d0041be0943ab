import { queryClient } from '../api/query-client.ts';
import { CACHES } from './kept-names.ts';

/** Erases everything that this browser keeps of whoever was signed in: their page, home and pictures, what waits to be sent, and drafts. */
export async function eraseKept(): Promise<void> {
  queryClient.clear();
  localStorage.clear();
  sessionStorage.clear();
  await Promise.all([eraseCaches(), eraseDatabases()]);
}

async function eraseCaches(): Promise<void> {
  // Only a secure page has them.
  if (!('caches' in window)) return;
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== CACHES.assets).map((name) => caches.delete(name)));
}

async function eraseDatabases(): Promise<void> {
  const databases = await indexedDB.databases();
  await Promise.all(databases.map(({ name }) => name && eraseDatabase(name)));
}

/** Ends when the database is gone, or when another page still holds it: that page loads anew, and it goes then. */
function eraseDatabase(name: string): Promise<void> {
  return new Promise((resolve) => {
    const erasing = indexedDB.deleteDatabase(name);
    erasing.onsuccess = () => resolve();
    erasing.onerror = () => resolve();
    erasing.onblocked = () => resolve();
  });
}
