/** One check of the product taken away. */
export interface Mutation {
  readonly check: string;
  readonly file: string;
  /** Stands exactly once in the file. */
  readonly text: string;
  readonly instead: string;
}
