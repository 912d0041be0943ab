/** What stands in a data folder, and in a backup of it. */
export const CORE_FILE = 'core.sqlite';
export const DERIVED_FILE = 'derived.sqlite';
export const OBJECTS_FOLDER = 'objects';
export const KEYS_FOLDER = 'keys';
export const VERSION_FILE = 'data-version';
/** Written last: a backup without it is not whole. */
export const MANIFEST_FILE = 'manifest.json';

export interface Manifest {
  readonly format: 1;
  /** Absent: of a data folder. */
  readonly of?: undefined;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly dataVersion: number;
  /** Path below the backup to SHA-256, in hexadecimal. */
  readonly files: Readonly<Record<string, string>>;
}
