import { me } from '../app/boot.ts';

/*
 * What was typed into a field and is not saved yet. Kept through reload, close and crash, as the drafts of posts are, and erased with all else that belongs to
 * whoever was signed in.
 */

const keyOf = (name: string) => `plaza-unsaved ${me().id} ${name}`;

export function keepUnsaved(name: string, value: unknown): void {
  try {
    localStorage.setItem(keyOf(name), JSON.stringify(value));
  } catch {
    // A full or closed store must not keep anybody from writing on.
  }
}

/** As an older version of this client may have kept it. */
export function unsaved(name: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(keyOf(name)) ?? 'null') ?? undefined;
  } catch {
    return undefined;
  }
}

export function forgetUnsaved(name: string): void {
  localStorage.removeItem(keyOf(name));
}
