import Type, { type Static } from 'typebox';
import { ERROR_STATUS, type ErrorCode, PlazaError } from '#platform/errors/errors.ts';
import type { Caller } from './context.ts';
import { shapeCheck } from './validation.ts';

/** Calls are `POST /call/<operation>` with JSON both ways; what travels beside the input is in headers, where a service mesh can read it. */
export const CALL_PATH = '/call/';
export const CALLER_HEADER = 'plaza-caller';
/** How many milliseconds the caller still waits. A duration, not a time: two machines' clocks differ. */
export const DEADLINE_HEADER = 'plaza-deadline-ms';
export const REQUEST_ID_HEADER = 'x-request-id';
export const TRACEPARENT_HEADER = 'traceparent';
/** In an answer: the call was refused before anything was done, so even a write may be sent again. */
export const NOT_STARTED_HEADER = 'plaza-not-started';

/** The largest input or answer of a call: a page of hydrated posts is some 200 kB, an export's page a few MB. */
export const MAX_CALL_BYTES = 8 * 1024 * 1024;
export const MAX_REQUEST_ID_LENGTH = 128;

const text = Type.String({ maxLength: 256 });
const callerCheck = shapeCheck(
  Type.Union([
    Type.Object({ kind: Type.Literal('anonymous') }),
    Type.Object({ kind: Type.Literal('service'), name: text }),
    Type.Object({
      kind: Type.Literal('account'),
      accountId: text,
      sessionId: text,
      role: text,
      scopes: Type.Array(text, { maxItems: 100 }),
    }),
  ]),
);

const encodedCallers = new WeakMap<Caller, string>();

/** A caller as a header's value. Encoded once for each caller: a request makes many calls on behalf of one. */
export function encodeCaller(caller: Caller): string {
  let encoded = encodedCallers.get(caller);
  if (encoded === undefined) {
    encoded = Buffer.from(JSON.stringify(caller)).toString('base64url');
    encodedCallers.set(caller, encoded);
  }
  return encoded;
}

/** Undefined for anything that is not a caller. */
export function decodeCaller(header: unknown): Caller | undefined {
  if (typeof header !== 'string') return undefined;
  try {
    const value: unknown = JSON.parse(Buffer.from(header, 'base64url').toString());
    return callerCheck(value) ? (value as Caller) : undefined;
  } catch {
    return undefined;
  }
}

const wireErrorSchema = Type.Object({
  code: Type.String(),
  message: Type.String(),
  description: Type.Optional(Type.String()),
  details: Type.Optional(
    Type.Record(Type.String(), Type.Array(Type.Object({ error: Type.String(), description: Type.String() }))),
  ),
});
const wireErrorCheck = shapeCheck(wireErrorSchema);

export function encodeError(error: PlazaError): string {
  return JSON.stringify({
    code: error.code,
    message: error.message,
    description: error.description,
    details: error.details,
  });
}

/** Undefined for a body that no Plaza service wrote: a proxy's page, a cut answer. */
export function decodeError(body: string): PlazaError | undefined {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return undefined;
  }
  if (!wireErrorCheck(value)) return undefined;
  const { code, message, description, details } = value as Static<typeof wireErrorSchema>;
  if (!Object.hasOwn(ERROR_STATUS, code)) return undefined;
  return new PlazaError(code as ErrorCode, message, {
    ...(description === undefined ? {} : { description }),
    ...(details === undefined ? {} : { details }),
  });
}
