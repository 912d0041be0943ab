/** Why an answer did not come, in the terms that screens speak of it. */
export type FailureKind = 'offline' | 'rate-limited' | 'signed-out' | 'forbidden' | 'not-found' | 'refused' | 'server';

export interface ErrorBody {
  readonly error?: string;
  readonly error_description?: string;
  readonly details?: Readonly<Record<string, readonly { readonly error: string; readonly description: string }[]>>;
}

/** An answer of the API that is no success, or none at all. */
export class ApiFailure extends Error {
  readonly kind: FailureKind;
  readonly status: number;
  /** In milliseconds, where the server says when to come again. */
  readonly retryAfterMs: number | undefined;
  /** What is wrong with which field, in words of the server. */
  readonly fields: Readonly<Record<string, string>>;
  /** The same as a code: `ERR_TAKEN`. */
  readonly codes: Readonly<Record<string, string>>;

  constructor(status: number, body: ErrorBody, retryAfterMs?: number) {
    super(body.error_description ?? body.error ?? `HTTP ${status}`);
    this.name = 'ApiFailure';
    this.status = status;
    this.kind = kindOf(status);
    this.retryAfterMs = retryAfterMs;
    const first = Object.entries(body.details ?? {}).map(([field, [one]]) => [field, one] as const);
    this.fields = Object.fromEntries(first.map(([field, one]) => [field, one?.description ?? '']));
    this.codes = Object.fromEntries(first.map(([field, one]) => [field, one?.error ?? '']));
  }

  /** Whether asking again may help without anybody doing anything. */
  get passes(): boolean {
    return this.kind === 'offline' || this.kind === 'server' || this.kind === 'rate-limited';
  }
}

/** Of what `fetch` throws: nothing was answered at all. */
export function offlineFailure(): ApiFailure {
  return new ApiFailure(0, {});
}

/** An answer that is no success as what is thrown. */
export async function failureOf(response: Response): Promise<ApiFailure> {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  const retryAfterMs = Number.isFinite(seconds) ? seconds * 1_000 : undefined;
  try {
    return new ApiFailure(response.status, (await response.json()) as ErrorBody, retryAfterMs);
  } catch {
    return new ApiFailure(response.status, {}, retryAfterMs);
  }
}

function kindOf(status: number): FailureKind {
  if (status === 0) return 'offline';
  if (status === 401) return 'signed-out';
  if (status === 403) return 'forbidden';
  if (status === 404 || status === 410) return 'not-found';
  if (status === 429) return 'rate-limited';
  return status >= 500 ? 'server' : 'refused';
}
