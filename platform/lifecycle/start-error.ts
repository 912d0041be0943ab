/** Something that stops the start and that the operator can mend. Its message is one line that says what and how. */
export class StartError extends Error {
  override readonly name: string = 'StartError';
}

interface SystemError {
  readonly code?: string;
  readonly message?: string;
  readonly path?: string;
  readonly errcode?: number;
  readonly port?: number;
  readonly address?: string;
  readonly cause?: unknown;
}

const SQLITE_FULL = 13;
const SQLITE_IO = 10;
const SQLITE_CORRUPT = 11;
const SQLITE_NOT_A_DATABASE = 26;

/** The one line for a start that failed for a reason of the machine, or undefined where the fault is in the program. */
export function startProblem(error: unknown): string | undefined {
  if (error instanceof StartError) return error.message;
  const { code, path, port, address, errcode, message, cause } = error as SystemError;
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} of ${address} is in use: stop what listens there, or set PLAZA_PORT to another port.`;
    case 'EADDRNOTAVAIL':
      return `${address} is not an address of this machine: set PLAZA_HOST to one.`;
    case 'ENOTFOUND':
      return 'The name in PLAZA_HOST is not known: set it to an address of this machine.';
    case 'ENOSPC':
    case 'EDQUOT':
      return 'The disk is full: free some space, or set PLAZA_DATA to a folder on another disk.';
    case 'EROFS':
      return `${path ?? 'The data folder'} is on a read-only disk: set PLAZA_DATA to a folder that can be written.`;
    case 'EACCES':
    case 'EPERM':
      return port === undefined
        ? `${path ?? 'The data folder'} may not be read or written by this user: mend its owner or mode, or set PLAZA_DATA.`
        : `Port ${port} may not be used by this user: set PLAZA_PORT to 1024 or above.`;
    case 'EMFILE':
      return 'Too many files are open: raise the limit of open files (ulimit -n).';
    case 'ERR_SQLITE_ERROR':
      return sqliteProblem(errcode ?? 0, message ?? '');
    default:
      // What failed in the thread of a database comes wrapped, under its number alone.
      if (errcode !== undefined) return sqliteProblem(errcode, message ?? '');
      return cause instanceof Error ? startProblem(cause) : undefined;
  }
}

function sqliteProblem(errcode: number, message: string): string | undefined {
  switch (errcode & 0xff) {
    case SQLITE_FULL:
      return 'The disk is full: free some space, or set PLAZA_DATA to a folder on another disk.';
    case SQLITE_IO:
      return `The disk does not work as it should (${message}): look into the system's log.`;
    case SQLITE_CORRUPT:
    case SQLITE_NOT_A_DATABASE:
      return `A database in the data folder is damaged (${message}): restore a backup with npm run plaza -- restore.`;
    default:
      return undefined;
  }
}
