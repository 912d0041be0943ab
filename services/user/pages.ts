import type { Account, AuthorFacts } from '#contracts/model/account.ts';
import type { Cursors, Page } from '#contracts/model/common.ts';
import type { Relational } from '#ports/relational/port.ts';
import type { AccountReader } from './store/accounts.ts';
import { type ListEntry, type ListReader, windowOf } from './store/lists.ts';
import type { FactsReader } from './visibility-facts.ts';

/** How often a page whose accounts were left out reads on; then it is answered as it is, with the cursor where it stopped. */
const MAX_ROUNDS = 5;

export interface ListedAccount {
  readonly account: Account;
  readonly entry: ListEntry;
}

export interface AccountList {
  /** Newest first. */
  readonly listed: ListedAccount[];
  readonly cursors: Cursors;
}

interface PageParts {
  readonly relational: Relational;
  readonly accounts: AccountReader;
  readonly facts: FactsReader;
}

/**
 * Reads a page of a list by the ids of its edges, without the accounts that `keep` refuses. The cursors name edges that were looked at, shown or not:
 * whoever pages on meets every edge once, however many were left out or came meanwhile.
 */
export async function readPage(
  { relational, accounts, facts }: PageParts,
  read: ListReader,
  ownerId: string,
  page: Page,
  viewerId: string | null,
  keep: (facts: AuthorFacts, entry: ListEntry) => boolean,
): Promise<AccountList> {
  let window = windowOf(page);
  const listed: ListedAccount[] = [];
  let first: string | undefined;
  let last: string | undefined;
  let exhausted = false;
  for (let round = 0; round < MAX_ROUNDS && listed.length < page.limit && !exhausted; round++) {
    const entries = await read(relational, ownerId, window);
    exhausted = entries.length < window.limit;
    for (const shown of await visible(entries)) {
      if (shown === undefined) continue;
      listed.push(shown);
      if (listed.length === page.limit) break;
    }
    // A full page ends at its last account: what was read behind it belongs to the next one.
    last = listed.length === page.limit ? listed.at(-1)!.entry.edgeId : (entries.at(-1)?.edgeId ?? last);
    first ??= entries[0]?.edgeId;
    if (listed.length === page.limit && last !== entries.at(-1)?.edgeId) exhausted = false;
    if (last !== undefined) window = window.ascending ? { ...window, after: last } : { ...window, before: last };
  }
  if (window.ascending) listed.reverse();
  return { listed, cursors: cursorsOf(window.ascending, first, last, exhausted) };

  async function visible(entries: readonly ListEntry[]): Promise<(ListedAccount | undefined)[]> {
    const ids = entries.map((entry) => entry.accountId);
    if (ids.length === 0) return [];
    const known = await facts(viewerId, ids);
    const kept = entries.filter((entry, index) => keep(known.facts[index]!, entry));
    const byId = new Map(
      (await accounts(kept.map((entry) => entry.accountId))).map((account) => [account.id, account]),
    );
    return kept.map((entry) => {
      const account = byId.get(entry.accountId);
      return account && { account, entry };
    });
  }
}

function cursorsOf(
  ascending: boolean,
  first: string | undefined,
  last: string | undefined,
  exhausted: boolean,
): Cursors {
  if (first === undefined || last === undefined) return {};
  if (ascending) return { olderThan: first, newerThan: last };
  return exhausted ? { newerThan: first } : { olderThan: last, newerThan: first };
}
