import { open } from 'node:fs/promises';

const OWNER_ONLY = 0o600;

/**
 * Makes the file, if there is none, for its owner only, whatever the folder and the process allow others: it holds what people write for few, and what they sign in
 * with. SQLite gives its log the rights of its file. A file that cannot be made is left for SQLite to complain about.
 */
export async function makeOwnFile(path: string): Promise<void> {
  try {
    await (await open(path, 'a', OWNER_ONLY)).close();
  } catch {
    // Whoever opens it next says why.
  }
}
