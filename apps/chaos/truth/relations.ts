/** `unknown` while a change is under way, and for ever when nobody learned its fate. */
export type Belief = 'yes' | 'no' | 'unknown';

/** How a change ended for whoever asked for it. */
export type Outcome = 'done' | 'refused' | 'unknown';

interface Pair {
  value: Belief;
  /** When it last began or ended to change, in ticks of the truth. */
  changedAt: number;
}

/** Who follows and who blocks whom, as far as acknowledgements tell. People are numbers. */
export class Relations {
  readonly #tick: () => number;
  readonly #follows: readonly Pair[][];
  readonly #blocks: readonly Pair[][];
  /** How often a block between two was begun or ended, in either direction. */
  readonly #blockings = new Map<string, number>();

  constructor(people: number, tick: () => number) {
    const grid = () =>
      Array.from({ length: people }, () => Array.from({ length: people }, (): Pair => ({ value: 'no', changedAt: 0 })));
    this.#tick = tick;
    this.#follows = grid();
    this.#blocks = grid();
  }

  follows(from: number, to: number): Belief {
    return this.#follows[from]![to]!.value;
  }

  /** When somebody last began or ended to follow, or was asked to, in ticks of the truth. */
  followChangedAt(from: number, to: number): number {
    return this.#follows[from]![to]!.changedAt;
  }

  blocks(from: number, to: number): Belief {
    return this.#blocks[from]![to]!.value;
  }

  /** Whether one of the two blocks the other. */
  blocked(one: number, other: number): Belief {
    const both = [this.blocks(one, other), this.blocks(other, one)];
    return both.includes('yes') ? 'yes' : both.includes('unknown') ? 'unknown' : 'no';
  }

  /** Whether nothing between the two has changed since, nor is changing. */
  steadySince(one: number, other: number, tick: number): boolean {
    const pairs = [this.#follows, this.#blocks].flatMap((grid) => [grid[one]![other]!, grid[other]![one]!]);
    return pairs.every(({ changedAt }) => changedAt < tick);
  }

  /** Somebody asks to follow, or to follow no longer. Call what is returned with the outcome. */
  beginFollow(from: number, to: number, wanted: 'yes' | 'no'): (outcome: Outcome) => void {
    const pair = this.#follows[from]![to]!;
    this.#set(pair, 'unknown');
    const blockings = this.#blockingsOf(from, to);
    return (outcome) => {
      const blocked = this.blocked(from, to);
      const alone = blocked === 'no' && this.#blockingsOf(from, to) === blockings;
      if (blocked === 'yes') this.#set(pair, 'no');
      else this.#set(pair, alone && outcome === 'done' ? wanted : 'unknown');
    };
  }

  /** A block ends following in both directions. */
  beginBlock(from: number, to: number, wanted: 'yes' | 'no'): (outcome: Outcome) => void {
    const block = this.#blocks[from]![to]!;
    const follows = [this.#follows[from]![to]!, this.#follows[to]![from]!];
    const change = (value: Belief, following?: Belief) => {
      this.#blockings.set(keyOf(from, to), this.#blockingsOf(from, to) + 1);
      this.#set(block, value);
      if (following !== undefined) for (const pair of follows) this.#set(pair, following);
    };
    change('unknown', wanted === 'yes' ? 'unknown' : undefined);
    return (outcome) => {
      if (outcome !== 'done') change('unknown');
      else change(wanted, wanted === 'yes' ? 'no' : undefined);
    };
  }

  #set(pair: Pair, value: Belief): void {
    pair.value = value;
    pair.changedAt = this.#tick();
  }

  #blockingsOf(one: number, other: number): number {
    return this.#blockings.get(keyOf(one, other)) ?? 0;
  }
}

function keyOf(one: number, other: number): string {
  return one < other ? `${one} ${other}` : `${other} ${one}`;
}
