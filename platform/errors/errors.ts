/** Every way in which a request can fail, with its HTTP status. The list is closed: a new failure gets a line here. */
export const ERROR_STATUS = {
  bad_request: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  gone: 410,
  precondition_failed: 412,
  too_large: 413,
  unsupported_media: 415,
  range_not_satisfiable: 416,
  validation_failed: 422,
  rate_limited: 429,
  internal: 500,
  unavailable: 503,
  timeout: 504,
} as const;

export type ErrorCode = keyof typeof ERROR_STATUS;

/** A failure that the caller may be told about. `description` says which field and why; it never holds what the caller may not see. */
export class PlazaError extends Error {
  readonly code: ErrorCode;
  readonly description: string | undefined;
  /** For each field that was refused: machine words and a sentence. */
  readonly details: Record<string, { error: string; description: string }[]> | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    options: {
      description?: string;
      details?: Record<string, { error: string; description: string }[]>;
      cause?: unknown;
    } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'PlazaError';
    this.code = code;
    this.description = options.description;
    this.details = options.details;
  }

  get status(): number {
    return ERROR_STATUS[this.code];
  }
}

/** What may not be seen looks exactly like what does not exist: everyone uses this one error for both. */
export function notFound(): PlazaError {
  return new PlazaError('not_found', 'Record not found');
}

export function forbidden(description?: string): PlazaError {
  return new PlazaError('forbidden', 'This action is not allowed', description ? { description } : {});
}

/** A value that was refused. `field` is the public name of the input, `reason` a word of the Mastodon API such as `ERR_BLANK`. */
export function invalid(field: string, reason: string, description: string): PlazaError {
  return new PlazaError('validation_failed', `Validation failed: ${description}`, {
    description,
    details: { [field]: [{ error: reason, description }] },
  });
}
