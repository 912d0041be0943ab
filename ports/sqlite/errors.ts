import { type ErrorCode, PlazaError } from '#platform/errors/errors.ts';
import { GuardFailed } from '#ports/relational/port.ts';

/** A failure that SQLite reported, with its extended result code (https://sqlite.org/rescode.html). */
export class SqliteError extends Error {
  readonly errcode: number;
  constructor(message: string, errcode: number) {
    super(message);
    this.name = 'SqliteError';
    this.errcode = errcode;
  }
}

/** An error as it travels between threads: structured cloning would lose classes and fields. */
export type WireError =
  | {
      readonly kind: 'plaza';
      readonly code: ErrorCode;
      readonly message: string;
      readonly description: string | undefined;
      readonly details: PlazaError['details'];
    }
  | { readonly kind: 'guard'; readonly step: number; readonly message: string }
  | { readonly kind: 'sqlite'; readonly errcode: number; readonly message: string }
  | { readonly kind: 'other'; readonly name: string; readonly message: string; readonly stack: string | undefined };

/** SQLite's extended result code of an error that node:sqlite threw, else undefined. */
export function errcodeOf(error: unknown): number | undefined {
  if (error instanceof SqliteError) return error.errcode;
  const code = (error as { errcode?: unknown } | null)?.errcode;
  return typeof code === 'number' ? code : undefined;
}

export function toWire(error: unknown): WireError {
  if (error instanceof PlazaError) {
    const { code, message, description, details } = error;
    return { kind: 'plaza', code, message, description, details };
  }
  if (error instanceof GuardFailed) return { kind: 'guard', step: error.step, message: error.message };
  const errcode = errcodeOf(error);
  if (errcode !== undefined) return { kind: 'sqlite', errcode, message: (error as Error).message };
  if (error instanceof Error) return { kind: 'other', name: error.name, message: error.message, stack: error.stack };
  return { kind: 'other', name: 'Error', message: String(error), stack: undefined };
}

export function fromWire(wire: WireError): Error {
  switch (wire.kind) {
    case 'plaza':
      return new PlazaError(wire.code, wire.message, {
        ...(wire.description === undefined ? {} : { description: wire.description }),
        ...(wire.details === undefined ? {} : { details: wire.details }),
      });
    case 'guard': {
      const error = new GuardFailed(wire.step, 0, 0);
      error.message = wire.message;
      return error;
    }
    case 'sqlite':
      return new SqliteError(wire.message, wire.errcode);
    case 'other': {
      const error = new Error(wire.message);
      error.name = wire.name;
      if (wire.stack !== undefined) error.stack = wire.stack;
      return error;
    }
  }
}

/** Primary result codes after which the file is not to be trusted with another write: what was synced is unknown, or nothing more fits. */
const FATAL: ReadonlyMap<number, string> = new Map([
  [7, 'out of memory'],
  [8, 'the file is read-only'],
  [10, 'input/output error'],
  [11, 'the file is corrupt'],
  [13, 'the disk is full'],
  [14, 'the file cannot be opened'],
  [26, 'the file is not a database'],
]);

/** Why this error ends the work with the file, in a few words; undefined when it does not. */
export function fatalReason(error: unknown): string | undefined {
  const errcode = errcodeOf(error);
  return errcode === undefined ? undefined : FATAL.get(errcode & 0xff);
}

export function isBusy(error: unknown): boolean {
  const errcode = errcodeOf(error);
  return errcode !== undefined && (errcode & 0xff) === 5;
}
