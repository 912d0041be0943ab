/** A part of a JSON text that is ready to be sent: bytes, or text of ASCII characters only. */
export type Piece = Buffer | string;

/** Joins pieces into the bytes of an answer, copying each once. */
export function assemble(pieces: readonly Piece[]): Buffer {
  let size = 0;
  for (const piece of pieces) size += piece.length;
  const whole = Buffer.allocUnsafe(size);
  fill(whole, pieces);
  return whole;
}

/** Copies pieces one behind the other. */
function fill(whole: Buffer, pieces: readonly Piece[]): void {
  let at = 0;
  for (const piece of pieces) {
    if (typeof piece === 'string') at += whole.write(piece, at, 'latin1');
    else {
      whole.set(piece, at);
      at += piece.length;
    }
  }
}

/** Memory for answers that are used again: new pages for each answer cost more than filling them. */
const SLAB_BYTES = 96 * 1024;
const MAX_FREE_SLABS = 64;
const free: Buffer[] = [];

/** Bytes on loan: whoever has sent them calls `release`, once, and looks at them no more. Not calling it costs memory that the collector frees. */
export interface Loan {
  readonly bytes: Buffer;
  release(): void;
}

/** Joins pieces as {@link assemble} does, in memory that is used again. */
export function assembleOnLoan(pieces: readonly Piece[]): Loan {
  let size = 0;
  for (const piece of pieces) size += piece.length;
  if (size > SLAB_BYTES) return { bytes: assemble(pieces), release() {} };
  const slab = free.pop() ?? Buffer.allocUnsafeSlow(SLAB_BYTES);
  const bytes = slab.subarray(0, size);
  fill(bytes, pieces);
  return {
    bytes,
    release() {
      if (free.length < MAX_FREE_SLABS) free.push(slab);
    },
  };
}

/** The piece of a value that has no ready one. */
export function pieceOf(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}

/** `[…]` of ready elements. */
export function arrayOf(elements: readonly Piece[]): Buffer {
  const pieces: Piece[] = ['['];
  elements.forEach((element, at) => {
    if (at > 0) pieces.push(',');
    pieces.push(element);
  });
  pieces.push(']');
  return assemble(pieces);
}

/** `{…}` of ready fields, whose names are ours: ASCII without quotes. */
export function objectOf(fields: Readonly<Record<string, Piece>>): Buffer {
  const pieces: Piece[] = [];
  for (const [name, piece] of Object.entries(fields)) {
    pieces.push(`${pieces.length === 0 ? '{' : ','}"${name}":`, piece);
  }
  pieces.push(pieces.length === 0 ? '{}' : '}');
  return assemble(pieces);
}
