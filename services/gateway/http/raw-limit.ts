import type { IncomingMessage } from 'node:http';
import { PlazaError } from '#platform/errors/errors.ts';
import { LIMITS } from '#policies/limits/limits.ts';

/** What may still come after a body was refused as too large, while its sender reads the answer. */
const GRACE_BYTES = 1024 * 1024;
/** What may come of a body that nobody reads: as much as the largest upload, so that whoever sends one before reading `401` keeps the connection. */
const REST_BYTES = LIMITS.videoBytes + GRACE_BYTES;

/**
 * Runs `receive` while no more than `most` bytes of the body come, whatever they are: a form may begin or end with text outside of its parts, which its
 * parser passes over without counting, and a body in chunks says no length before. Refuses with 413; when the answer is out already, the connection is cut.
 */
export function withinBytes<T>(raw: IncomingMessage, most: number, receive: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    let came = 0;
    // It takes the body in before anybody listens to it here, so that no byte passes it by.
    receive().then(resolve, reject);
    raw.on('data', (chunk: Buffer) => {
      came += chunk.length;
      if (came <= most) return;
      reject(new PlazaError('too_large', 'The request is too large', { description: 'the form is too large' }));
      if (came > most + GRACE_BYTES) raw.destroy();
    });
  });
}

/** Bounds what nobody reads of a body whose answer is out. */
export function boundRest(raw: IncomingMessage): void {
  if (raw.complete) return;
  let came = 0;
  raw.on('data', (chunk: Buffer) => {
    came += chunk.length;
    if (came > REST_BYTES) raw.destroy();
  });
}
