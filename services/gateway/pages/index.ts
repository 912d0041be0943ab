import { aliasPages } from './aliases.ts';
import { consent, consentPage } from './consent/consent.ts';
import { nativeCodePage } from './consent/native-code.ts';
import type { Page } from './frame/page.ts';
import { landingPage } from './landing.ts';
import { screens } from './open/index.ts';
import { confirmEmail, confirmEmailPage } from './recovery/confirm-email.ts';
import { forgotPassword, forgotPasswordPage } from './recovery/forgot-password.ts';
import { resetPassword, resetPasswordPage } from './recovery/reset-password.ts';
import { secondFactor, secondFactorPage } from './sign-in/second-factor.ts';
import { signIn, signInPage } from './sign-in/sign-in.ts';
import { signOut, signOutPage } from './sign-in/sign-out.ts';
import { beginSocial, socialCallback } from './sign-in/social.ts';
import { socialProof, socialProofPage } from './sign-in/social-proof.ts';
import { signUp, signUpPage } from './sign-up/sign-up.ts';
import { newcomer, newcomerPage } from './sign-up/social-newcomer.ts';
import { sendAgain, waitingPage } from './sign-up/waiting.ts';

/** Every page for people. */
export const pages: readonly Page[] = [
  landingPage,
  signUpPage,
  signUp,
  waitingPage,
  sendAgain,
  signInPage,
  signIn,
  secondFactorPage,
  secondFactor,
  beginSocial,
  socialCallback,
  socialProofPage,
  socialProof,
  newcomerPage,
  newcomer,
  signOutPage,
  signOut,
  forgotPasswordPage,
  forgotPassword,
  resetPasswordPage,
  resetPassword,
  confirmEmailPage,
  confirmEmail,
  consentPage,
  consent,
  nativeCodePage,
  ...aliasPages,
  ...screens,
];
