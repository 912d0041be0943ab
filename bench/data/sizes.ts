export interface Size {
  readonly people: number;
  readonly posts: number;
  readonly follows: number;
}

/** S is a circle of friends, M a town, L a city. */
export const SIZES = {
  S: { people: 200, posts: 2_000, follows: 4_000 },
  M: { people: 20_000, posts: 200_000, follows: 2_000_000 },
  L: { people: 200_000, posts: 2_000_000, follows: 20_000_000 },
} as const satisfies Record<string, Size>;

export type SizeName = keyof typeof SIZES;

/** People who have passwords and tokens, and who read. */
export const READERS = 64;
