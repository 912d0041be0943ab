/**
 * The control socket speaks lines of JSON, one request a connection: the client sends one {@link ControlRequest}; the server answers any number
 * of `progress` lines and then one `result` or `error`.
 */
export interface ControlRequest {
  readonly command: string;
  readonly input: unknown;
}

export type ControlAnswer =
  | { readonly kind: 'progress'; readonly step: string; readonly done: number; readonly total: number }
  | { readonly kind: 'result'; readonly lines: readonly string[] }
  | { readonly kind: 'error'; readonly message: string };

export const CONTROL_SOCKET = 'control.sock';
/** A request is a few names; more is no request. */
export const MAX_REQUEST_BYTES = 64 * 1024;
