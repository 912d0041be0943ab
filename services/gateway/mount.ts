import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Principal } from '#contracts/services/authentication.ts';
import type { CallContext, Caller } from '#platform/calls/context.ts';
import { notFound, PlazaError } from '#platform/errors/errors.ts';
import type { Traces } from '#platform/telemetry/traces.ts';
import { checkAccess } from './access/check.ts';
import { clientSession } from './access/client-session.ts';
import { bearerToken, type Principals } from './access/principals.ts';
import type { Gateway } from './gateway.ts';
import type { Answer } from './http/answer.ts';
import { discard, mostBytes, type ReceivedFile, receiveForm } from './http/multipart.ts';
import { withinBytes } from './http/raw-limit.ts';
import type { RememberedAnswers } from './http/remembered-answers.ts';
import { send } from './http/send.ts';
import { addressKey } from './limits/address-key.ts';
import type { RateLimiter, RateVerdict } from './limits/rate-limiter.ts';
import type { RateLimitName } from './limits/rate-limits.ts';
import { compileParameters } from './params/coerce.ts';
import { parseForm, type Tree } from './params/tree.ts';
import { isoTime } from './present/times.ts';
import type { ApiRequest, Method, Route } from './route.ts';

/** What stands between the network and the routes. */
export interface Frame {
  readonly gateway: Gateway;
  readonly principals: Principals;
  /** Null where limits are off. */
  readonly limiter: RateLimiter | null;
  readonly traces: Traces;
  /** Null where changes are not noticed. */
  readonly remembered: RememberedAnswers | null;
}

/** Longer than any call of a service may take, and shorter than what proxies wait. */
const REQUEST_TIMEOUT_MS = 65_000;
const ANONYMOUS: Caller = { kind: 'anonymous' };
const NO_FILES: ReadonlyMap<string, ReceivedFile> = new Map();

const PRINCIPAL = Symbol('principal');
type Admitted = FastifyRequest & { [PRINCIPAL]?: Principal | null };

/** Puts a route on the server: limits and the access check first, then its parameters, then its work. */
export function mount(server: FastifyInstance, route: Route, frame: Frame): void {
  const read = parameterReader(route);
  // The parameters have just been read by this very route's schemas.
  const handle = route.handle as (request: ApiRequest, gateway: Gateway) => Promise<Answer>;
  const { gateway } = frame;
  const methods: Method[] = [route.method, ...(route.alsoAs ?? [])];
  server.route({
    method: methods,
    url: route.url,
    onRequest: async (request, reply) => {
      (request as Admitted)[PRINCIPAL] = await admit(route, request, reply, frame);
    },
    handler: async (request, reply) => {
      const principal = (request as Admitted)[PRINCIPAL] ?? null;
      const answer = await answerFor(request, principal);
      return send(request, reply, answer, route, principal);
    },
  });

  const { traces } = frame;
  const span = { name: `${route.method} ${route.url}`, kind: 'server' } as const;
  // A trace that a client names is not continued: it would decide what is recorded here.
  const work = traces.enabled
    ? (request: FastifyRequest, principal: Principal | null) =>
        traces.span(span, (traceparent) => answerOf(request, principal, traceparent))
    : answerOf;

  const remembered = route.remembered ? frame.remembered : null;
  const answerFor = remembered === null ? work : answerFrom(remembered);

  function answerFrom(memory: RememberedAnswers) {
    return (request: FastifyRequest, principal: Principal | null): Promise<Answer> => {
      const viewerId = principal?.accountId;
      if (!viewerId || request.body !== undefined) return work(request, principal);
      const context = () => contextOf(principal, request.id, gateway.clock.now());
      return memory.of(viewerId, request.url, context, () => work(request, principal));
    };
  }

  async function answerOf(request: FastifyRequest, principal: Principal | null, traceparent?: string): Promise<Answer> {
    const context = contextOf(principal, request.id, gateway.clock.now(), traceparent);
    if (!request.isMultipart()) return handle(read(request, principal, context, undefined), gateway);
    const form = await withinBytes(request.raw, mostBytes(route.files), () =>
      receiveForm(request, route.files, gateway.objects, gateway.ids),
    );
    try {
      return await handle(read(request, principal, context, form), gateway);
    } finally {
      // What a service took over is gone already; the rest nobody wants.
      await discard(form.files, gateway.objects);
    }
  }
}

async function admit(route: Route, request: FastifyRequest, reply: FastifyReply, frame: Frame) {
  const { principals, limiter, gateway } = frame;
  let principal: Principal | null = null;
  try {
    const token = route.authorization === 'app' ? undefined : bearerToken(request.headers.authorization);
    const context = () => contextOf(null, request.id, gateway.clock.now());
    if (token !== undefined) principal = await principals.of(token, context());
    else if (route.authorization !== 'app') principal = await clientSession(request, reply, context, frame);
  } catch (error) {
    if (limiter !== null) await count(limiter, 'address', null, request, reply);
    throw error;
  }
  if (limiter !== null) {
    await count(limiter, principal?.accountId ? 'account' : 'address', principal, request, reply);
  }
  checkAccess(route, principal);
  if (limiter !== null && route.rateLimit !== 'api') await count(limiter, route.rateLimit, principal, request, reply);
  return principal;
}

/** Counts a request that no route took, by its address: whoever tries one after the other is stopped as everywhere. */
export async function countUnknown(frame: Frame, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  if (frame.limiter !== null) await count(frame.limiter, 'address', null, request, reply);
}

async function count(
  limiter: RateLimiter,
  name: RateLimitName,
  principal: Principal | null,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const byAccount = limiter.limitOf(name).per === 'account' && principal?.accountId;
  const taken = limiter.take(name, byAccount ? byAccount : addressKey(request.ip));
  const verdict = taken instanceof Promise ? await taken : taken;
  tellLimit(reply, verdict);
  if (verdict.allowed) return;
  reply.header('retry-after', String(Math.max(1, Math.ceil(verdict.resetInMs / 1_000))));
  throw new PlazaError('rate_limited', 'Too many requests');
}

function tellLimit(reply: FastifyReply, verdict: RateVerdict): void {
  reply.header('x-ratelimit-limit', String(verdict.limit));
  reply.header('x-ratelimit-remaining', String(verdict.remaining));
  reply.header('x-ratelimit-reset', isoTime(verdict.resetMs));
}

/** On whose behalf services are asked for a request. */
export function contextOf(
  principal: Principal | null,
  requestId: string,
  nowMs: number,
  traceparent?: string,
): CallContext {
  const caller: Caller =
    principal === null || principal.accountId === null
      ? ANONYMOUS
      : {
          kind: 'account',
          accountId: principal.accountId,
          sessionId: principal.sessionId,
          role: principal.role,
          scopes: principal.scopes,
        };
  const deadlineMs = nowMs + REQUEST_TIMEOUT_MS;
  return traceparent === undefined ? { caller, deadlineMs, requestId } : { caller, deadlineMs, requestId, traceparent };
}

function parameterReader(route: Route) {
  const params = route.params && compileParameters(route.params);
  const query = route.query && compileParameters(route.query);
  const body = route.body && compileParameters(route.body);
  return (
    request: FastifyRequest,
    principal: Principal | null,
    context: CallContext,
    form: { fields: Tree; files: ReadonlyMap<string, ReceivedFile> } | undefined,
  ): ApiRequest => {
    const { url } = request;
    const at = url.indexOf('?');
    const search = at === -1 ? '' : url.slice(at + 1);
    const sent = form?.fields ?? (request.body as Tree | undefined);
    const raw =
      search === '' ? (sent ?? {}) : sent === undefined ? parseForm(search) : { ...parseForm(search), ...sent };
    return {
      params: params ? readPath(params, request.params as Tree) : {},
      query: query ? query(raw) : {},
      body: body ? body(raw) : {},
      context,
      principal,
      viewerId: principal?.accountId ?? null,
      files: form?.files ?? NO_FILES,
      ip: request.ip,
      userAgent: (request.headers['user-agent'] ?? '').slice(0, 500),
      headers: request.headers,
      path: at === -1 ? url : url.slice(0, at),
      search,
    };
  };
}

/** Text that cannot name anything names nothing. */
function readPath(read: (raw: Tree) => unknown, raw: Tree): unknown {
  try {
    return read(raw);
  } catch {
    throw notFound();
  }
}
