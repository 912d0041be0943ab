import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { PlazaError } from '#platform/errors/errors.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import type { Answer } from '../../http/answer.ts';
import { httpFault } from '../../http/errors.ts';
import { addressKey } from '../../limits/address-key.ts';
import type { RateLimitName } from '../../limits/rate-limits.ts';
import { contextOf, type Frame } from '../../mount.ts';
import { parseForm, type Tree } from '../../params/tree.ts';
import { errorShowing } from '../error-page.ts';
import { pages } from '../index.ts';
import type { Assets } from './assets.ts';
import { CookieJar } from './cookies.ts';
import { FORM_TOKEN, isOwnForm } from './forgery.ts';
import { localPath } from './local-path.ts';
import { preferredLocale } from './locale.ts';
import type { Page, PageRequest, Site } from './page.ts';
import { SentFields } from './sent-fields.ts';
import { findVisitor } from './visitor.ts';

/** Puts the pages and their files on the server. */
export function mountPages(server: FastifyInstance, assets: Assets, parts: Parts): void {
  mountAssets(server, assets);
  for (const page of pages) mountPage(server, page, parts);
}

/** A page about an address that is none, or that failed: for people whose browser came to what programs are answered in JSON. */
export function sendErrorPage(
  failure: PlazaError,
  request: FastifyRequest,
  reply: FastifyReply,
  site: Site,
): FastifyReply {
  return sendPage(reply, errorAnswer(failure, request, site), new CookieJar(undefined, site.gateway.config.origin));
}

interface Parts {
  readonly frame: Frame;
  readonly site: Site;
  readonly log: Logger;
}

function mountPage(server: FastifyInstance, page: Page, parts: Parts): void {
  server.route({
    method: page.method,
    url: page.url,
    handler: async (request, reply) => {
      const jar = new CookieJar(request.headers.cookie, parts.frame.gateway.config.origin);
      let answer: Answer;
      try {
        answer = await serve(page, request, jar, parts);
      } catch (error) {
        answer = failed(error, request, parts);
      }
      return sendPage(reply, answer, jar);
    },
    errorHandler: (error, request, reply) =>
      sendPage(reply, failed(error, request, parts), new CookieJar(undefined, parts.frame.gateway.config.origin)),
  });
}

async function serve(page: Page, request: FastifyRequest, jar: CookieJar, parts: Parts): Promise<Answer> {
  const { frame, site } = parts;
  const { gateway, principals } = frame;
  await count(frame, 'address', request);
  const { url } = request;
  const at = url.indexOf('?');
  const search = at === -1 ? '' : url.slice(at + 1);
  const form = new SentFields(page.method === 'POST' ? formOf(request) : {});
  if (page.method === 'POST' && !isOwnForm(request.headers, form.text(FORM_TOKEN, 100), jar, gateway.config.origin)) {
    throw new PlazaError('forbidden', 'This form is too old', {
      description:
        'It was open for long, or somebody signed in or out since. Open the page again and send it once more.',
    });
  }
  if (page.rateLimit !== undefined) await count(frame, page.rateLimit, request);
  const anonymous = contextOf(null, request.id, gateway.clock.now());
  const visitor = await findVisitor(jar, anonymous, {
    principals,
    authentication: gateway.services.authentication,
    clock: gateway.clock,
  });
  const asked: PageRequest = {
    params: request.params as Readonly<Record<string, string>>,
    path: at === -1 ? url : url.slice(0, at),
    search,
    query: new SentFields(parseForm(search)),
    form,
    visitor,
    context: visitor === null ? anonymous : contextOf(visitor.principal, request.id, gateway.clock.now()),
    device: { ip: request.ip, userAgent: (request.headers['user-agent'] ?? '').slice(0, 500) },
    jar,
    locale: preferredLocale(request.headers['accept-language']),
    ifNoneMatch: request.headers['if-none-match'],
  };
  return page.handle(asked, site);
}

/** Forms only: a page elsewhere can make a browser send text that looks like JSON, and none of ours does. */
function formOf(request: FastifyRequest): Tree {
  const type = request.headers['content-type'] ?? '';
  if (!/^application\/x-www-form-urlencoded(;|$)/i.test(type)) {
    throw new PlazaError('unsupported_media', 'This page takes only its own form');
  }
  return (request.body as Tree | undefined) ?? {};
}

async function count({ limiter }: Frame, name: RateLimitName, request: FastifyRequest): Promise<void> {
  if (limiter === null) return;
  const verdict = await limiter.take(name, addressKey(request.ip));
  if (!verdict.allowed) {
    const minutes = Math.max(1, Math.ceil(verdict.resetInMs / 60_000));
    throw new PlazaError('rate_limited', 'Too many requests', {
      description: `Try again in ${minutes === 1 ? 'a minute' : `${minutes} minutes`}.`,
    });
  }
}

function failed(error: unknown, request: FastifyRequest, { site, log }: Parts): Answer {
  const known = httpFault(error);
  if (known === undefined) log.error({ err: error, requestId: request.id }, 'a page failed unexpectedly');
  else if (known.status >= 500) log.warn({ err: known, requestId: request.id }, 'a page failed');
  const failure = known ?? new PlazaError('internal', 'Something went wrong');
  return errorAnswer(failure, request, site);
}

function errorAnswer(failure: PlazaError, request: FastifyRequest, site: Site): Answer {
  const answer = site.show(
    errorShowing(failure, request.method === 'POST' ? localPath(request.url) : undefined, request.id),
  );
  if (failure.code !== 'rate_limited' && failure.code !== 'unavailable') return answer;
  return { ...answer, headers: { ...answer.headers, 'retry-after': failure.code === 'unavailable' ? '5' : '60' } };
}

function sendPage(reply: FastifyReply, answer: Answer, jar: CookieJar): FastifyReply {
  const cookies = jar.headers();
  reply.code(answer.status).headers(PAGE_HEADERS).headers(answer.headers);
  // Cookies are for one browser, so nobody else keeps what comes with them.
  if (cookies.length > 0) reply.headers({ 'set-cookie': cookies, 'cache-control': PAGE_HEADERS['cache-control'] });
  return reply.type(answer.contentType).send(answer.body);
}

/**
 * No `Cross-Origin-Opener-Policy`: web clients open the consent page as a window of their own and wait for it to come back. There is nothing here for an
 * opener to read, and no frame is allowed.
 */
const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'; form-action 'none'; base-uri 'none'",
  'referrer-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  'cache-control': 'private, no-store',
  vary: 'Cookie',
};

function mountAssets(server: FastifyInstance, assets: Assets): void {
  for (const asset of assets.files) {
    server.get(asset.url, (_request, reply) =>
      reply
        .headers({
          'cache-control': 'public, max-age=31536000, immutable',
          'x-content-type-options': 'nosniff',
          'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
          'cross-origin-resource-policy': 'cross-origin',
        })
        .type(asset.contentType)
        .send(asset.bytes),
    );
  }
}
