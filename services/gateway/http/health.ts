import type { FastifyInstance } from 'fastify';

/** What a load balancer asks, often and without a token: whether to send requests here. It asks nobody else, so it costs next to nothing. */
export const HEALTH_PATH = '/health';

export function answerHealth(server: FastifyInstance, readiness: { readonly ready: boolean }): void {
  server.get(HEALTH_PATH, (_request, reply) => {
    const { ready } = readiness;
    return reply
      .code(ready ? 200 : 503)
      .headers({ 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' })
      .send(ready ? 'OK\n' : 'stopping\n');
  });
}
