/** Something that breaks, and is mended after a while. */
export interface Fault {
  /** `kill post`, `pause broker-2`: for the display and for `--only`. */
  readonly name: string;
  /** How long it stays broken. */
  readonly holdMs: number;
  /** Whether events cannot be published meanwhile: posting and reading have to go on all the same. */
  readonly withoutEvents?: boolean;
  /** Made before the clients look: a process that is started with a detour, for instance. */
  prepare?(): Promise<void>;
  strike(): Promise<void>;
  /** Resolves when what was broken works for itself again. */
  mend(): Promise<void>;
  /** Undoes `prepare`. */
  tidy?(): Promise<void>;
}
