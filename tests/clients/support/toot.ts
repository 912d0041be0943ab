import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Somebody } from '../person/person.ts';
import type { PlazaProcess } from './plaza-process.ts';
import { type Ran, run } from './run.ts';

/** The command-line client `toot`, with the settings of one person. */
export class Toot {
  readonly #python: string;
  readonly #home: string;

  private constructor(python: string, home: string) {
    this.#python = python;
    this.#home = home;
  }

  /** Logs in as its README says: `toot login` shows an address, the person allows the app there and types the code that the page shows. */
  static async login(python: string, plaza: PlazaProcess, somebody: Somebody): Promise<Toot> {
    const home = join(plaza.folder, `toot-${somebody.username}`);
    await mkdir(home);
    const toot = new Toot(python, home);
    let code: Promise<string> | undefined;
    const ran = await toot.#run(['login', '--instance', plaza.origin], (output, type) => {
      const url = /Login URL:\s+(\S+)\s/.exec(output)?.[1];
      if (url === undefined || code !== undefined) return;
      type('n');
      code = somebody.codeFor(url);
      // Without a code there is nothing to wait for: what it then says of an empty one shows in its errors.
      void code.then(type, () => type('no-code'));
    });
    await code;
    if (ran.code !== 0 || !ran.output.includes('Successfully logged in')) throw failed('login', ran);
    return toot;
  }

  /** What it writes for people to read. */
  async text(...args: readonly string[]): Promise<string> {
    const ran = await this.#run(args);
    if (ran.code !== 0) throw failed(args.join(' '), ran);
    return ran.output;
  }

  /** What it writes with `--json`. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape.
  async json(...args: readonly string[]): Promise<any> {
    return JSON.parse(await this.text(...args, '--json'));
  }

  /** The message of a command that is refused. */
  async refusal(...args: readonly string[]): Promise<string> {
    const ran = await this.#run(args);
    if (ran.code === 0) throw new Error(`toot ${args.join(' ')} was not refused: ${ran.output}`);
    return ran.errors;
  }

  #run(args: readonly string[], onOutput?: Parameters<typeof run>[2]['onOutput']): Promise<Ran> {
    return run(this.#python, ['-m', 'toot', ...args], {
      env: { HOME: this.#home, XDG_CONFIG_HOME: this.#home, PYTHONUNBUFFERED: '1', LC_ALL: 'C.UTF-8' },
      ...(onOutput === undefined ? {} : { onOutput }),
    });
  }
}

function failed(command: string, ran: Ran): Error {
  return new Error(`toot ${command} ended with ${ran.code}: ${ran.errors}${ran.output}`);
}
