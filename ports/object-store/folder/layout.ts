import { join } from 'node:path';

/** Marks folders, with a letter that no key has: `a` and `a/b` can both be objects. */
const FOLDER_MARK = '@';
export const TEMPORARY = 'temporary';
export const OBJECTS = 'objects';

/** Beside the folder, not in it: a copy of the folder must not delete what it needs. */
export function heldDeletionsPath(root: string): string {
  return `${root}-held-deletions`;
}

/** Where an object's file is, below the folder of objects. */
export function pathOf(root: string, key: string): string {
  const parts = key.split('/');
  const name = parts.pop()!;
  return join(root, OBJECTS, ...parts.map((part) => FOLDER_MARK + part), name);
}

export interface Entry {
  /** With a `/` behind a folder's: sorting these gives the order of whole keys. */
  readonly name: string;
  readonly fileName: string;
  readonly isFolder: boolean;
}

/** A folder's entries in key order. */
export function inKeyOrder(fileNames: readonly string[]): Entry[] {
  return fileNames
    .map((fileName) =>
      fileName.startsWith(FOLDER_MARK)
        ? { name: `${fileName.slice(FOLDER_MARK.length)}/`, fileName, isFolder: true }
        : { name: fileName, fileName, isFolder: false },
    )
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
