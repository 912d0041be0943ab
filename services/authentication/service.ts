import type { AuthenticationService } from '#contracts/services/authentication.ts';
import { getApp, registerApp } from './operations/apps.ts';
import { authenticate, checkSession } from './operations/authenticate.ts';
import { authorize, describeAuthorization, issueToken, revokeToken } from './operations/authorization.ts';
import { confirmEmail, getCredentials, requestEmailChange, resendConfirmation } from './operations/email.ts';
import { listAccounts } from './operations/list-accounts.ts';
import { changePassword, requestPasswordReset, resetPassword, verifyPassword } from './operations/passwords.ts';
import {
  beginSecondFactor,
  completeSecondFactor,
  disableSecondFactor,
  enableSecondFactor,
} from './operations/second-factor.ts';
import { listSessions, refreshSession, revokeSession, signOut, signOutEverywhere } from './operations/sessions.ts';
import { signIn } from './operations/sign-in.ts';
import { signUp, signUpThroughApp } from './operations/sign-up.ts';
import { beginSocialSignIn, finishSocialSignIn, linkSocialIdentity, signUpSocial } from './operations/social.ts';
import {
  approve,
  createAccountAs,
  createInvite,
  defineRole,
  reject,
  setPasswordAs,
  setRole,
  suspend,
  unsuspend,
} from './operations/staff.ts';
import type { Parts } from './parts.ts';

/** Everything that this service offers. Who may do each stands in its file's first comment. */
export function authenticationService(parts: Parts): AuthenticationService {
  return {
    authenticate: authenticate(parts),
    checkSession: checkSession(parts),
    jwks: async () => ({ keys: parts.keys.publicKeys() }),
    signUp: signUp(parts),
    signUpThroughApp: signUpThroughApp(parts),
    signIn: signIn(parts),
    completeSecondFactor: completeSecondFactor(parts),
    refreshSession: refreshSession(parts),
    signOut: signOut(parts),
    signOutEverywhere: signOutEverywhere(parts),
    listSessions: listSessions(parts),
    revokeSession: revokeSession(parts),
    getCredentials: getCredentials(parts),
    changePassword: changePassword(parts),
    requestPasswordReset: requestPasswordReset(parts),
    resetPassword: resetPassword(parts),
    requestEmailChange: requestEmailChange(parts),
    resendConfirmation: resendConfirmation(parts),
    confirmEmail: confirmEmail(parts),
    beginSecondFactor: beginSecondFactor(parts),
    enableSecondFactor: enableSecondFactor(parts),
    disableSecondFactor: disableSecondFactor(parts),
    beginSocialSignIn: beginSocialSignIn(parts),
    finishSocialSignIn: finishSocialSignIn(parts),
    linkSocialIdentity: linkSocialIdentity(parts),
    signUpSocial: signUpSocial(parts),
    registerApp: registerApp(parts),
    getApp: getApp(parts),
    describeAuthorization: describeAuthorization(parts),
    authorize: authorize(parts),
    issueToken: issueToken(parts),
    revokeToken: revokeToken(parts),
    verifyPassword: verifyPassword(parts),
    createAccountAs: createAccountAs(parts),
    setPasswordAs: setPasswordAs(parts),
    setRole: setRole(parts),
    defineRole: defineRole(parts),
    listAccounts: listAccounts(parts),
    approve: approve(parts),
    reject: reject(parts),
    suspend: suspend(parts),
    unsuspend: unsuspend(parts),
    createInvite: createInvite(parts),
  };
}
