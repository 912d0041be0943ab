/** A `Token`. `created_at` is in seconds. */
export function tokenJson(token: {
  readonly accessToken: string;
  readonly tokenType: string;
  readonly scope: string;
  readonly createdMs: number;
}) {
  return {
    access_token: token.accessToken,
    token_type: token.tokenType,
    scope: token.scope,
    created_at: Math.floor(token.createdMs / 1_000),
  };
}
