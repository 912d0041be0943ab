import { ERROR_STATUS, type ErrorCode, notFound, PlazaError } from '#platform/errors/errors.ts';

/** The body of every failure: Mastodon's words, the reason, and for each refused field what is wrong. */
export function errorBody(failure: PlazaError): string {
  return JSON.stringify({
    error: failure.message,
    ...(failure.description === undefined ? {} : { error_description: failure.description }),
    ...(failure.details === undefined ? {} : { details: failure.details }),
  });
}

interface HttpFault {
  readonly statusCode?: number;
  readonly code?: string;
  readonly message: string;
}

const WORDS: Partial<Record<ErrorCode, string>> = {
  bad_request: 'Bad request',
  too_large: 'The request is too large',
  unsupported_media: 'This content type is not supported',
};

const BROKEN_ADDRESS = 'the address is not percent-encoded UTF-8';

/** What the HTTP layer refused by itself: broken requests, bodies too large, unknown content types. Undefined: a fault of ours. */
export function httpFault(error: unknown): PlazaError | undefined {
  if (error instanceof PlazaError) return error;
  const { statusCode: status, code: word, message } = error as HttpFault;
  if (word === 'FST_ERR_MAX_PARAM_LENGTH') return notFound();
  // Its own message repeats the whole address.
  if (word === 'FST_ERR_BAD_URL') return new PlazaError('bad_request', 'Bad request', { description: BROKEN_ADDRESS });
  if (status === undefined || status < 400 || status > 499) return undefined;
  const code =
    (Object.keys(ERROR_STATUS) as ErrorCode[]).find((known) => ERROR_STATUS[known] === status) ?? 'bad_request';
  return new PlazaError(code, WORDS[code] ?? 'Bad request', { description: message });
}
