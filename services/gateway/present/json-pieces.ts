/** A part of a JSON text that is ready to be sent: bytes, or text of ASCII characters only. */
export type Piece = Buffer | string;

/** Joins pieces into the bytes of an answer, copying each once. */
export function assemble(pieces: readonly Piece[]): Buffer {
  let size = 0;
  for (const piece of pieces) size += piece.length;
  const whole = Buffer.allocUnsafe(size);
  let at = 0;
  for (const piece of pieces) {
    if (typeof piece === 'string') at += whole.write(piece, at, 'latin1');
    else {
      whole.set(piece, at);
      at += piece.length;
    }
  }
  return whole;
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
