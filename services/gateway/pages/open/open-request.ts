import type { CallContext } from '#platform/calls/context.ts';
import type { Gateway } from '../../gateway.ts';
import type { Viewing } from '../../present/statuses.ts';
import type { PageRequest } from '../frame/page.ts';

/** As long as a call may take: those who share an answer have waited for different times, so it has a time of its own. */
const SHARED_ANSWER_MS = 5_000;

/** A request as nobody in particular makes it. */
export interface OpenRequest {
  readonly params: Readonly<Record<string, string>>;
  readonly query: PageRequest['query'];
  readonly path: string;
  readonly search: string;
  readonly context: CallContext;
  /** For presenters. */
  readonly viewing: Viewing;
}

export function openRequest(request: PageRequest, { clock }: Gateway): OpenRequest {
  const { params, query, path, search } = request;
  const { requestId } = request.context;
  const context: CallContext = {
    caller: { kind: 'anonymous' },
    requestId,
    deadlineMs: clock.now() + SHARED_ANSWER_MS,
  };
  return { params, query, path, search, context, viewing: { viewerId: null, context } };
}
