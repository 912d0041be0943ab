import type { TableDefinition } from '#ports/relational/postgres/copy.ts';
import type { WideTable } from '#ports/wide-column/table.ts';

export const relationalFile = (table: string) => `relational/${table}.jsonl`;
export const wideFile = (table: string) => `wide-column/${table}.jsonl`;
/** What changed while the wide-column tables were read, as it was afterwards. */
export const CHANGES_FILE = 'wide-column-changes.jsonl';
/** Events that say what those rows say, and that nobody had when the log was copied. */
export const CHANGES_TOLD_FILE = 'events-of-changes.jsonl';
export const eventsFile = (topic: string, partition: number) => `events/${topic}/${partition}.jsonl`;
/** Names, types and checksums of the objects; their bytes lie below `OBJECTS_FOLDER` under their keys. */
export const OBJECTS_FILE = 'objects.jsonl';

/** Of a backup of servers; written last. */
export interface ServersManifest {
  readonly format: 1;
  readonly of: 'servers';
  /** ISO 8601. Everything that was acknowledged before is in the backup. */
  readonly createdAt: string;
  /** Says whether a key is the one under which secrets are encrypted, and not what it is. */
  readonly keyFingerprint: string;
  readonly relational: readonly TableDefinition[];
  readonly wideColumn: readonly WideTable[];
  readonly events: {
    readonly stretches: readonly { readonly topic: string; readonly partition: number }[];
    /** Groups of consumers, with the topics that they read. */
    readonly groups: Readonly<Record<string, readonly string[]>>;
    /** Offsets of the restored log begin above it. */
    readonly above: number;
  };
  readonly objects: { readonly count: number; readonly sizeBytes: number };
  /** Path below the backup to SHA-256, in hexadecimal, and lines. */
  readonly files: Readonly<Record<string, { readonly sha256: string; readonly lines: number }>>;
}

export interface ListedFile {
  readonly key: string;
  readonly contentType: string;
  readonly sha256: string;
}

/** A mutation as a line: tables by name. */
export interface WideLine {
  readonly table: string;
  readonly kind: 'put' | 'remove';
  readonly row: Readonly<Record<string, unknown>>;
  readonly version: number;
  readonly ttlSeconds?: number;
}
