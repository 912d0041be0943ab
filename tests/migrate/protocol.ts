import type { Stop } from '#platform/migration/migrator.ts';

/** One row of the table that is migrated, as the test's clients see it: what it says is its version. */
export interface Deed {
  readonly threadId: string;
  readonly id: string;
  readonly kind: 'put' | 'remove';
  readonly version: number;
  readonly atomic: boolean;
}

/** What a child is asked to do. */
export type Request =
  | { readonly kind: 'do'; readonly deed: Deed }
  /** All rows of a thread: id → version. */
  | { readonly kind: 'read'; readonly threadId: string; readonly upwards: boolean }
  | { readonly kind: 'landAll' }
  | {
      readonly kind: 'migrate';
      readonly action: 'forward' | 'back' | 'compare';
      readonly until: Stop;
      /** The process dies when that many partitions are copied. */
      readonly dieAt?: number;
    };

export type Answer =
  | { readonly ok: true; readonly value: unknown; readonly copiedFrom: number | undefined }
  /** `again`: its fate is unknown, or the process does not know how to write. */
  | { readonly ok: false; readonly again: boolean; readonly message: string };

/** The relational store of all children is the parent's: it is asked in these words. */
export type Asked =
  | { readonly kind: 'query'; readonly sql: string; readonly parameters: readonly unknown[] }
  | {
      readonly kind: 'batch';
      readonly steps: readonly { sql: string; parameters: readonly unknown[]; expect?: number }[];
    }
  | { readonly kind: 'run'; readonly module: string; readonly name: string; readonly args: unknown };

export type ToChild =
  | { readonly to: 'request'; readonly number: number; readonly request: Request }
  | { readonly to: 'answered'; readonly number: number; readonly value?: unknown; readonly error?: string };

export type FromChild =
  | { readonly from: 'ready' }
  | { readonly from: 'answer'; readonly number: number; readonly answer: Answer }
  | { readonly from: 'ask'; readonly number: number; readonly asked: Asked };
