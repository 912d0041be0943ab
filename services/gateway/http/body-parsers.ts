import multipart from '@fastify/multipart';
import type { FastifyInstance } from 'fastify';
import { PlazaError } from '#platform/errors/errors.ts';
import { parseFormBody, parseJson } from '../params/tree.ts';

/** Bodies that the API reads: JSON, forms, and multipart forms, which each route receives by itself. All else is 415. */
export async function addBodyParsers(server: FastifyInstance): Promise<void> {
  server.removeAllContentTypeParsers();
  const parser =
    (parse: (body: Buffer) => unknown) =>
    (_request: unknown, body: Buffer, done: (error: Error | null, value?: unknown) => void) => {
      try {
        done(null, parse(body));
      } catch (error) {
        done(error as Error);
      }
    };
  server.addContentTypeParser(/^application\/([\w.+-]+\+)?json(;|$)/i, { parseAs: 'buffer' }, parser(parseJson));
  server.addContentTypeParser(
    /^application\/x-www-form-urlencoded(;|$)/i,
    { parseAs: 'buffer' },
    parser(parseFormBody),
  );
  await server.register(multipart, { throwFileSizeLimit: true });
  // Many clients name a type, or none, on requests without a body.
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body: Buffer, done) =>
    body.length === 0
      ? done(null, {})
      : done(
          new PlazaError('unsupported_media', 'This content type is not supported', {
            description: 'send application/json, application/x-www-form-urlencoded or multipart/form-data',
          }),
        ),
  );
}
