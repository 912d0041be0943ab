/** What must never happen. The report has a line for each, and each must say 0. */
export const ZEROS = {
  lost: 'acknowledged writes lost',
  twice: 'seen twice',
  incomplete: 'home timelines incomplete',
  miscounted: 'likes counted ≠ likes given',
  private: 'private posts shown',
  blocked: 'blocked people seen after the block was acknowledged',
  deleted: 'deleted posts shown after the deletion was acknowledged',
  refused: 'requests refused without a reason',
  stopped: 'posting or reading stopped while events could not be published',
} as const;

export type Zero = keyof typeof ZEROS;

export interface Finding {
  readonly zero: Zero;
  /** During or after which fault. */
  readonly fault: string;
  /** Who saw what, with the ids by which it can be looked up. */
  readonly what: string;
}

/** Collects what was found. The same thing seen again and again counts once. */
export class Findings {
  readonly #all = new Map<string, Finding>();
  /** The fault under way, to which findings are put down. */
  fault = 'before the first fault';

  add(zero: Zero, what: string): void {
    const key = `${zero} ${what}`;
    if (!this.#all.has(key)) this.#all.set(key, { zero, what, fault: this.fault });
  }

  get all(): readonly Finding[] {
    return [...this.#all.values()];
  }

  count(zero: Zero): number {
    return this.all.filter((finding) => finding.zero === zero).length;
  }
}
