import type { Principal } from '#contracts/services/authentication.ts';
import { forbidden, PlazaError } from '#platform/errors/errors.ts';
import { may } from '#policies/permissions/permissions.ts';
import { RESTRICTION_MESSAGES } from '#policies/permissions/restrictions.ts';
import { covers, coversAny } from '#policies/permissions/scopes.ts';
import type { Route } from '../route.ts';
import { invalidToken } from './principals.ts';

/** Refuses whoever may not use a route, before anything of the request is read. The route declares who may. */
export function checkAccess(
  route: Pick<Route, 'access' | 'scope' | 'permission' | 'whileRestricted'>,
  principal: Principal | null,
): void {
  if (principal === null) {
    if (route.access !== 'public') throw invalidToken();
    return;
  }
  if (!scopeSuffices(route.scope, principal.scopes)) {
    throw new PlazaError('forbidden', 'This action is outside the authorized scopes');
  }
  if (route.access === 'first-party' && !principal.firstParty) {
    throw new PlazaError('forbidden', 'This is open to the browser client of this place only');
  }
  const ofPerson = route.access === 'account' || route.access === 'first-party';
  if (ofPerson && principal.accountId === null) {
    throw new PlazaError('validation_failed', 'This method requires an authenticated user');
  }
  if (principal.restriction !== null && ofPerson && route.whileRestricted !== true) {
    throw new PlazaError('forbidden', RESTRICTION_MESSAGES[principal.restriction]);
  }
  if (route.permission !== undefined && !may(principal.permissions, route.permission)) throw forbidden();
}

function scopeSuffices(scope: Route['scope'], granted: readonly string[]): boolean {
  if (scope === null) return true;
  if (typeof scope === 'string') return covers(granted, scope);
  return coversAny(granted, scope);
}
