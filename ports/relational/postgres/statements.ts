import { createHash } from 'node:crypto';
import { inPostgres } from './dialect.ts';

export interface Statement {
  /** Under which the server keeps its plan: a hash of the text, so that every process and every connection says the same. */
  readonly name: string;
  readonly text: string;
}

/** Statements per generation; two generations are kept. A program has some hundreds, so that only made-up SQL ever falls out. */
const GENERATION = 500;

/** Translated statements by the text in which they are written. */
export class Statements {
  #young = new Map<string, Statement>();
  #old = new Map<string, Statement>();

  get(sql: string): Statement {
    const known = this.#young.get(sql);
    if (known !== undefined) return known;
    const statement = this.#old.get(sql) ?? translated(sql);
    if (this.#young.size >= GENERATION) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(sql, statement);
    return statement;
  }

  get size(): number {
    return this.#young.size + this.#old.size;
  }
}

function translated(sql: string): Statement {
  const text = inPostgres(sql);
  return { name: `plaza_${createHash('sha256').update(text).digest('hex').slice(0, 24)}`, text };
}
