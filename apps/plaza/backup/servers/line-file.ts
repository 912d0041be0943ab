import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';

/** Written to disk when so much has gathered. */
const BUFFER_CHARACTERS = 256 * 1024;
const LINES_PER_READ = 500;
/** Lines read at once, so that long ones do not add up. */
const CHARACTERS_PER_READ = 1024 * 1024;

export interface WrittenFile {
  readonly sha256: string;
  readonly lines: number;
  readonly sizeBytes: number;
}

/** A file of one JSON text a line, of any length, written from start to end. */
export class LineWriter {
  readonly #file: FileHandle;
  readonly #hash = createHash('sha256');
  #waiting: string[] = [];
  #characters = 0;
  #lines = 0;
  #sizeBytes = 0;

  private constructor(file: FileHandle) {
    this.#file = file;
  }

  static async create(folder: string, name: string): Promise<LineWriter> {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    return new LineWriter(await open(path, 'wx', 0o600));
  }

  get lines(): number {
    return this.#lines;
  }

  async add(lines: Iterable<string>): Promise<void> {
    for (const line of lines) {
      this.#waiting.push(line, '\n');
      this.#characters += line.length + 1;
      this.#lines++;
    }
    if (this.#characters >= BUFFER_CHARACTERS) await this.#flush();
  }

  /** What is written is on disk when it resolves. */
  async close(): Promise<WrittenFile> {
    await this.#flush();
    await this.#file.sync();
    await this.#file.close();
    return { sha256: this.#hash.digest('hex'), lines: this.#lines, sizeBytes: this.#sizeBytes };
  }

  /** Leaves the file as it is. */
  async abandon(): Promise<void> {
    await this.#file.close();
  }

  async #flush(): Promise<void> {
    const bytes = Buffer.from(this.#waiting.join(''));
    this.#waiting = [];
    this.#characters = 0;
    if (bytes.length === 0) return;
    this.#hash.update(bytes);
    this.#sizeBytes += bytes.length;
    await this.#file.writeFile(bytes);
  }
}

/** The lines of a file, some hundreds at a time. */
export async function* linesOf(folder: string, name: string): AsyncGenerator<string[]> {
  const stream = createReadStream(join(folder, name), 'utf8');
  let lines: string[] = [];
  let characters = 0;
  try {
    for await (const line of createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY })) {
      lines.push(line);
      characters += line.length;
      if (lines.length < LINES_PER_READ && characters < CHARACTERS_PER_READ) continue;
      yield lines;
      lines = [];
      characters = 0;
    }
    if (lines.length > 0) yield lines;
  } finally {
    stream.destroy();
  }
}
