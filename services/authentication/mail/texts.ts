/** What people are told by mail: plain text, short, with the one address that they need. */
export interface Letter {
  readonly subject: string;
  readonly text: string;
}

/** `link` is built by the queue from the public address. */
export const LETTERS = {
  confirmEmail: (name: string, link: string): Letter => ({
    subject: 'Confirm your e-mail address',
    text: `Hello ${name},\n\nopen this address to confirm that this mailbox is yours:\n\n${link}\n\nIt works for two days. If you did not sign up, ignore this mail.\n`,
  }),
  changeEmail: (name: string, link: string): Letter => ({
    subject: 'Confirm your new e-mail address',
    text: `Hello ${name},\n\nopen this address to use this mailbox for your account from now on:\n\n${link}\n\nIt works for two days. If you did not ask for this, ignore this mail.\n`,
  }),
  emailChanged: (name: string): Letter => ({
    subject: 'Your e-mail address was changed',
    text: `Hello ${name},\n\nyour account now uses another e-mail address. If that was not you, write to whoever runs this place at once.\n`,
  }),
  resetPassword: (name: string, link: string): Letter => ({
    subject: 'Choose a new password',
    text: `Hello ${name},\n\nopen this address to choose a new password:\n\n${link}\n\nIt works for one hour, once. If you did not ask for this, ignore this mail; your password stays as it is.\n`,
  }),
  passwordChanged: (name: string): Letter => ({
    subject: 'Your password was changed',
    text: `Hello ${name},\n\nyour password was changed, and you were signed out everywhere else. If that was not you, ask for a new password at once.\n`,
  }),
  secondFactorChanged: (name: string, on: boolean): Letter => ({
    subject: on ? 'The second factor is on' : 'The second factor is off',
    text: `Hello ${name},\n\nsigning in to your account now ${on ? 'asks for a code besides the password' : 'asks for the password only'}. If that was not you, change your password at once.\n`,
  }),
  approved: (name: string, link: string): Letter => ({
    subject: 'Welcome',
    text: `Hello ${name},\n\nyour request to join was accepted. Sign in here:\n\n${link}\n`,
  }),
} as const;

/** Where the gateway's pages take the tokens of mails. */
export const MAIL_PATHS = {
  confirm: '/confirm-email',
  resetPassword: '/reset-password',
  signIn: '/sign-in',
} as const;
