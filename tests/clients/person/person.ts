import { TEST_PASSWORD } from '#tests/constellation/constellation.ts';
import { Browser, type Page } from './browser.ts';
import { inputOfClass } from './forms.ts';

/** Somebody with a browser of their own, who does by hand what no app may do for them. */
export class Somebody {
  readonly username: string;
  readonly email: string;
  readonly #origin: string;

  constructor(origin: string, username: string) {
    this.#origin = origin;
    this.username = username;
    this.email = `${username.toLowerCase()}@example.com`;
  }

  /** Signs up on the page. */
  async signUp(): Promise<void> {
    const browser = new Browser(this.#origin);
    const page = await browser.open('/sign-up');
    const after = await browser.send(page, 'Sign up', {
      username: this.username,
      email: this.email,
      password: TEST_PASSWORD,
    });
    if (after.status !== 200 || after.forms.some(({ fields }) => fields.has('username'))) {
      throw new Error(`${this.username} could not sign up: ${after.status} ${after.text}`);
    }
  }

  /** Opens what an app asked to be opened, signs in, allows it, and answers the code that is shown to be copied. */
  async codeFor(authorizeUrl: string): Promise<string> {
    const code = inputOfClass((await this.#allow(authorizeUrl)).text, 'oauth-code');
    if (code === undefined) throw new Error('No code is shown');
    return code;
  }

  /** As `codeFor`, for apps with an address of their own: answers where the browser is sent. */
  async sentBackFrom(authorizeUrl: string): Promise<URL> {
    const { leftFor } = await this.#allow(authorizeUrl);
    if (leftFor === undefined) throw new Error('The browser was not sent to the app');
    return new URL(leftFor);
  }

  async #allow(authorizeUrl: string): Promise<Page> {
    const browser = new Browser(this.#origin);
    const signIn = await browser.open(authorizeUrl);
    const consent = await browser.send(signIn, 'Sign in', { login: this.username, password: TEST_PASSWORD });
    return browser.send(consent, 'Allow');
  }
}
