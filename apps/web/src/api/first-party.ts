import type { Client } from 'openapi-fetch';
import { api } from './client.ts';

/** What only the client of this place may ask: `/api/plaza/v1`. */
export async function plaza<T = unknown>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: object): Promise<T> {
  const call = (api as unknown as Client<Record<string, Record<string, never>>>).request as unknown as (
    method: string,
    path: string,
    init: object,
  ) => Promise<{ readonly data?: T }>;
  return (await call(method.toLowerCase(), `/api/plaza/v1/${path}`, body === undefined ? {} : { body })).data as T;
}
