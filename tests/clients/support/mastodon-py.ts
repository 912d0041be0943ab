import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Somebody } from '../person/person.ts';

const SCRIPT = new URL('../python/mastodon_py.py', import.meta.url).pathname;
const SCOPES = ['read', 'write', 'follow', 'push'];

/** What the library raised. */
export class Raised extends Error {
  readonly kind: string;

  constructor(kind: string, message: string) {
    super(`${kind}: ${message}`);
    this.kind = kind;
  }
}

/** Something that the library gave, to be handed back to it as its own object. */
export interface Handle {
  readonly $result: number;
}

/** The library Mastodon.py in a process of its own, called method by method. */
export class MastodonPy {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;
  #calls = 0;

  private constructor(python: string) {
    this.#child = spawn(python, [SCRIPT], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { PATH: process.env.PATH ?? '', LC_ALL: 'C.UTF-8' },
    });
    this.#lines = createInterface({ input: this.#child.stdout! })[Symbol.asyncIterator]();
  }

  /** Registers an app, asks the person for a code at the address that the library gives, and logs in with it. */
  static async login(python: string, origin: string, somebody: Somebody): Promise<MastodonPy> {
    const client = new MastodonPy(python);
    try {
      const app = { scopes: SCOPES, api_base_url: origin, website: 'https://app.example' };
      const [client_id, client_secret] = await client.call('create_app', ['Mastodon.py tests'], app);
      await client.call('Mastodon', [], { client_id, client_secret, api_base_url: origin, version_check_mode: 'none' });
      const url = await client.call('auth_request_url', [], { scopes: SCOPES, allow_http: true });
      await client.call('log_in', [], { code: await somebody.codeFor(url), scopes: SCOPES, allow_http: true });
      return client;
    } catch (error) {
      await client.close();
      throw error;
    }
  }

  /** Calls a method and answers what it gave, as JSON. Throws `Raised`. */
  async call(
    method: string,
    args: readonly unknown[] = [],
    kwargs: Readonly<Record<string, unknown>> = {},
    // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape.
  ): Promise<any> {
    this.#calls += 1;
    this.#child.stdin!.write(`${JSON.stringify({ call: method, args, kwargs })}\n`);
    const { value, done } = await this.#lines.next();
    if (done === true) throw new Error(`Mastodon.py ended in ${method}`);
    const answer = JSON.parse(value) as { result?: unknown; error?: string; message?: string };
    if (answer.error !== undefined) throw new Raised(answer.error, `${method}: ${answer.message}`);
    return answer.result;
  }

  /** What the last call gave. */
  last(): Handle {
    return { $result: this.#calls - 1 };
  }

  async close(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const ended = once(this.#child, 'close');
    this.#child.stdin!.end();
    await ended;
  }
}
