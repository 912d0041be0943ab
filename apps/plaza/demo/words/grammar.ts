import type { Chance } from '../chance.ts';

/** Sentences by name. `<name>` stands for one of another rule's, `{a|b|}` for one of what is written out. */
export type Grammar = Readonly<Record<string, readonly string[]>>;

/** Deeper than any of our rules; beyond it a grammar must be going in circles. */
const MAX_DEPTH = 12;

/** Composes one text, beginning with a rule. */
export function compose(grammar: Grammar, rule: string, chance: Chance, depth = 0): string {
  const sentences = grammar[rule];
  if (sentences === undefined || depth > MAX_DEPTH) throw new Error(`The grammar has no end at <${rule}>`);
  return chance
    .pick(sentences)
    .replace(/\{([^{}]*)\}/g, (_, choices: string) => chance.pick(choices.split('|')))
    .replace(/<([a-z-]+)>/g, (_, name: string) => compose(grammar, name, chance, depth + 1));
}
