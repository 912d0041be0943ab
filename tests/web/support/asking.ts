import type { Seat } from './seat.ts';

const CALL = `([method, path, body]) => fetch(path, {
  method, body, headers: { 'content-type': 'application/json', 'x-plaza-client': 'web' },
}).then((answer) => answer.json())`;

/** Asks the API as whoever sits there, past the screens. */
export async function ask<T>(seat: Seat, method: string, path: string, body: object = {}): Promise<T> {
  const given = JSON.stringify([method, path, JSON.stringify(body)]);
  return (await seat.page.evaluate(`(${CALL})(${given})`)) as T;
}

/** Posts as whoever sits there; answers the id. */
export async function post(seat: Seat, status: string, also: object = {}): Promise<string> {
  return (await ask<{ readonly id: string }>(seat, 'POST', '/api/v1/statuses', { status, ...also })).id;
}
