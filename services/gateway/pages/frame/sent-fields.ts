import { PlazaError } from '#platform/errors/errors.ts';
import type { Tree } from '../../params/tree.ts';

/** Text fields of a query or a form. */
export class SentFields {
  readonly #tree: Tree;

  constructor(tree: Tree) {
    this.#tree = tree;
  }

  has(name: string): boolean {
    return typeof this.#tree[name] === 'string';
  }

  /** The field's text, or '' without it; U+FFFD in the place of what is no text, which a store may refuse. `too_large` beyond what any of our forms lets people type. */
  text(name: string, maxLength = 2_000): string {
    const value = this.#tree[name];
    if (typeof value !== 'string') return '';
    if (value.length > maxLength) {
      throw new PlazaError('too_large', 'A field is too long', {
        description: `${name}: at most ${maxLength} characters`,
      });
    }
    return value.toWellFormed().replaceAll('\0', '\uFFFD');
  }
}
