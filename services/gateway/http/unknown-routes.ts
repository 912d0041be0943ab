import type { FastifyReply, FastifyRequest } from 'fastify';
import { notFound, PlazaError } from '#platform/errors/errors.ts';
import type { Method, Route } from '../route.ts';
import { PREFLIGHT_HEADERS } from './headers.ts';

/** Knows which methods an address answers to, for what no route took: 405 with `Allow`, or 404. */
export class KnownAddresses {
  readonly #patterns: { readonly pattern: RegExp; readonly methods: readonly Method[] }[];

  constructor(routes: readonly Pick<Route, 'method' | 'url' | 'alsoAs'>[]) {
    this.#patterns = routes.map((route) => ({
      pattern: new RegExp(
        `^${route.url
          .replace(/\./g, '\\.')
          .replace(/:[a-z_]+/g, '[^/]+')
          .replace(/\*$/, '.*')}$`,
      ),
      methods: [route.method, ...(route.alsoAs ?? [])],
    }));
  }

  methodsOf(path: string): string[] {
    const methods = new Set<string>();
    for (const { pattern, methods: known } of this.#patterns) {
      if (pattern.test(path)) for (const method of known) methods.add(method);
    }
    if (methods.has('GET')) methods.add('HEAD');
    return [...methods].sort();
  }

  /** The not-found handler of the server. */
  answer(request: FastifyRequest, reply: FastifyReply): FastifyReply | never {
    const path = request.url.split('?', 1)[0]!;
    const methods = this.methodsOf(path);
    if (request.method === 'OPTIONS' && (methods.length > 0 || path.startsWith('/api/'))) {
      return reply
        .code(204)
        .headers(PREFLIGHT_HEADERS)
        .header('allow', [...methods, 'OPTIONS'].join(', '))
        .send();
    }
    if (methods.length === 0) throw notFound();
    reply.header('allow', [...methods, 'OPTIONS'].join(', '));
    throw new PlazaError('method_not_allowed', 'This address does not answer to this method', {
      description: `it answers to ${methods.join(', ')}`,
    });
  }
}
