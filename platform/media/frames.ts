/** One message between the program and a decoding process: a JSON header and bodies of bytes. */
export interface Frame<H> {
  readonly header: H;
  readonly bodies: readonly Buffer[];
}

const MAX_HEADER_BYTES = 64 * 1024;
const MAX_BODIES = 16;
const LENGTH_BYTES = 4;

/** The beginning of a frame: the length of the header (four bytes), the header. The bodies follow as they are. */
export function frameHead(header: unknown, bodySizes: readonly number[]): Buffer {
  const json = Buffer.from(JSON.stringify({ header, bodySizes }));
  const head = Buffer.allocUnsafe(LENGTH_BYTES + json.length);
  head.writeUInt32LE(json.length);
  json.copy(head, LENGTH_BYTES);
  return head;
}

interface Head<H> {
  readonly header: H;
  readonly bodySizes: readonly number[];
}

/** Puts frames together from chunks, however they were cut. Refuses a frame whose bodies have more than `maxBodyBytes` together. */
export class FrameReader<H> {
  readonly #maxBodyBytes: number;
  readonly #onFrame: (frame: Frame<H>) => void;
  #chunks: Buffer[] = [];
  #held = 0;
  #headBytes: number | undefined;
  #head: Head<H> | undefined;

  constructor(maxBodyBytes: number, onFrame: (frame: Frame<H>) => void) {
    this.#maxBodyBytes = maxBodyBytes;
    this.#onFrame = onFrame;
  }

  /** Throws for what is no frame. */
  push(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#held += chunk.length;
    while (this.#step());
  }

  /** Whether there was enough for a step. */
  #step(): boolean {
    if (this.#headBytes === undefined) {
      const length = this.#take(LENGTH_BYTES);
      if (length === undefined) return false;
      this.#headBytes = length.readUInt32LE();
      if (this.#headBytes > MAX_HEADER_BYTES) throw new Error('a frame has too long a header');
      return true;
    }
    if (this.#head === undefined) {
      const json = this.#take(this.#headBytes);
      if (json === undefined) return false;
      this.#head = this.#checked(JSON.parse(String(json)));
      return true;
    }
    const { header, bodySizes } = this.#head;
    const all = this.#take(sum(bodySizes));
    if (all === undefined) return false;
    this.#headBytes = undefined;
    this.#head = undefined;
    const bodies: Buffer[] = [];
    let from = 0;
    for (const size of bodySizes) {
      bodies.push(all.subarray(from, from + size));
      from += size;
    }
    this.#onFrame({ header, bodies });
    return true;
  }

  #checked(head: Head<H>): Head<H> {
    const { bodySizes } = head;
    const sound = bodySizes.length <= MAX_BODIES && bodySizes.every((size) => Number.isSafeInteger(size) && size >= 0);
    if (!sound || sum(bodySizes) > this.#maxBodyBytes) throw new Error('a frame is too large');
    return head;
  }

  /** The next bytes; undefined while there are fewer. Chunks are joined once, when all have come. */
  #take(size: number): Buffer | undefined {
    if (this.#held < size) return undefined;
    const joined = this.#chunks.length === 1 ? this.#chunks[0]! : Buffer.concat(this.#chunks, this.#held);
    const rest = joined.subarray(size);
    this.#chunks = rest.length === 0 ? [] : [rest];
    this.#held = rest.length;
    return joined.subarray(0, size);
  }
}

function sum(sizes: readonly number[]): number {
  return sizes.reduce((total, size) => total + size, 0);
}
