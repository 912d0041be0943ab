import type { MessageKey } from '../../../i18n/translate.ts';

/** In the order in which they are said. */
const KINDS = ['read', 'write', 'follow', 'push', 'profile', 'admin'] as const;

/** What scopes let an app do, coarsely: `read:lists` alone reads some things, `read` everything. */
export function abilitiesOf(scopes: readonly string[]): MessageKey[] {
  return KINDS.flatMap((kind) => {
    if (scopes.includes(kind)) return [`sessions.may.${kind}` as const];
    if (!scopes.some((scope) => scope.startsWith(`${kind}:`))) return [];
    if (kind === 'read') return ['sessions.may.readSome'];
    if (kind === 'write') return ['sessions.may.writeSome'];
    return [`sessions.may.${kind}` as const];
  });
}
