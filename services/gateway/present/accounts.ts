import { LRUCache } from 'lru-cache';
import type { Account, AccountCounts } from '#contracts/model/account.ts';
import type { UserService } from '#contracts/services/user.ts';
import type { CallContext } from '#platform/calls/context.ts';
import type { Clock } from '#platform/clock/clock.ts';
import type { Perishable } from '#platform/remembering/dependencies.ts';
import { recording, unrecorded } from '#platform/remembering/recording.ts';
import type { AccountChanges } from './account-changes.ts';
import { accountJson, countsJson } from './account-json.ts';
import { arrayOf } from './json-pieces.ts';
import type { Urls } from './urls.ts';

/** An account, ready to be sent. */
export interface PresentedAccount {
  readonly id: string;
  readonly username: string;
  /** ASCII. */
  readonly url: string;
  readonly json: Buffer;
}

interface Entry extends PresentedAccount, Perishable {
  readonly version: number;
  /** What changes with the version only: the object without its counts and its closing brace. */
  readonly start: Buffer;
  /** Its counts, as they stand in `json`. */
  readonly end: string;
}

/**
 * A count beside a post may be this much older than its change; so may a name where gateways cannot tell each other of changes. Whether something is shown at all is never
 * decided here. All are looked at again at the same time, when a multiple of it is over, so that the authors of a page are asked for in one call.
 */
const FRESH_MS = 1_000;
/** What another gateway began to read before the change is over by then. */
export const CHANGE_MS = 10 * FRESH_MS;
/** About 2 KB each. */
const MAX_ENTRIES = 8_000;

/** Accounts as JSON, kept for a moment: the authors of a timeline are asked for again and again. */
export class Accounts {
  readonly #user: UserService;
  readonly #urls: Urls;
  readonly #clock: Clock;
  readonly #changes: AccountChanges | undefined;
  readonly #entries = new LRUCache<string, Entry>({
    max: MAX_ENTRIES,
    dispose: (entry) => {
      entry.changed = true;
    },
  });

  /** `changes`: where there are other gateways. */
  constructor(user: UserService, urls: Urls, clock: Clock, changes: AccountChanges | undefined) {
    this.#user = user;
    this.#urls = urls;
    this.#clock = clock;
    this.#changes = changes;
  }

  /** Accounts beside what they made. Unknown ones are left out. */
  async byId(ids: readonly string[], context: CallContext): Promise<Map<string, PresentedAccount>> {
    const found = await unrecorded(() => this.#byId(ids, context));
    const noting = recording();
    if (noting === undefined) return found;
    // Somebody who is not there has no entry whose change would tell, and what another gateway tells of is asked for each time.
    if (found.size < ids.length || this.#changes !== undefined) noting.refuse();
    noting.perishables(found.values(), (later) => this.#byId(ids, later));
    return found;
  }

  async #byId(ids: readonly string[], context: CallContext): Promise<Map<string, Entry>> {
    const found = await this.#held(ids);
    const wanted = ids.filter((id) => !found.has(id));
    if (wanted.length > 0) {
      const { accounts } = await this.#user.getAccounts({ ids: wanted }, context);
      for (const entry of await this.#present(accounts, context)) found.set(entry.id, entry);
    }
    return found;
  }

  /** Accounts that were just read, with fresh counts, in their order. */
  present(accounts: readonly Account[], context: CallContext): Promise<PresentedAccount[]> {
    return this.#present(accounts, context);
  }

  async #present(accounts: readonly Account[], context: CallContext): Promise<Entry[]> {
    if (accounts.length === 0) return [];
    const { counts } = await this.#user.getCounts({ ids: accounts.map((account) => account.id) }, context);
    const byId = new Map(counts.map((count) => [count.id, count]));
    return accounts.map((account) => this.#render(account, byId.get(account.id)));
  }

  async one(account: Account, context: CallContext): Promise<Buffer> {
    return (await this.present([account], context))[0]!.json;
  }

  /** `[…]` of accounts that were just read. */
  async array(accounts: readonly Account[], context: CallContext): Promise<Buffer> {
    return arrayOf((await this.present(accounts, context)).map((presented) => presented.json));
  }

  /** After a change by the account itself, or one that moves its counts: before it is acknowledged. */
  async forget(...ids: readonly string[]): Promise<void> {
    for (const id of ids) this.#entries.delete(id);
    await this.#changes?.note(ids);
  }

  forgetAll(): void {
    this.#entries.clear();
  }

  /** Those that need not be asked for. */
  async #held(ids: readonly string[]): Promise<Map<string, Entry>> {
    const held = new Map<string, Entry>();
    const nowMs = this.#clock.now();
    for (const id of ids) {
      const entry = this.#entries.get(id);
      if (entry !== undefined && entry.freshUntilMs > nowMs) held.set(id, entry);
    }
    if (this.#changes === undefined || held.size === 0) return held;
    for (const id of await this.#changes.among([...held.keys()])) held.delete(id);
    return held;
  }

  #render(account: Account, counts: AccountCounts | undefined): Entry {
    const known = this.#entries.get(account.id);
    const isSame = known !== undefined && known.version === account.version;
    const start = isSame ? known.start : Buffer.from(JSON.stringify(accountJson(account, this.#urls)).slice(0, -1));
    const end = JSON.stringify(countsJson(counts)).slice(1);
    const nowMs = this.#clock.now();
    const freshUntilMs = nowMs - (nowMs % FRESH_MS) + FRESH_MS;
    if (isSame && known.end === end) {
      known.freshUntilMs = freshUntilMs;
      return known;
    }
    const json = Buffer.allocUnsafe(start.length + 1 + end.length);
    json.set(start);
    json.write(`,${end}`, start.length, 'latin1');
    const entry: Entry = {
      id: account.id,
      username: account.username,
      url: this.#urls.account(account.username),
      version: account.version,
      start,
      json,
      end,
      freshUntilMs,
      changed: false,
    };
    this.#entries.set(account.id, entry);
    return entry;
  }
}
