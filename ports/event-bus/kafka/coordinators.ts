/** Which broker keeps which group, as it was told last. */
export class Coordinators {
  readonly #find: (group: string) => Promise<number>;
  readonly #known = new Map<string, number>();

  constructor(find: (group: string) => Promise<number>) {
    this.#find = find;
  }

  /**
   * Asks each broker for those of the groups that it keeps. After a failure all of them are looked for again, because an answer does not say which of
   * them is kept elsewhere by now, and one that is never looked for again would fail every question that it is part of.
   */
  async ask<R>(groups: readonly string[], ask: (node: number, groups: string[]) => Promise<R>): Promise<R[]> {
    try {
      const byNode = new Map<number, string[]>();
      for (const group of groups) {
        const node = this.#known.get(group) ?? (await this.#find(group));
        this.#known.set(group, node);
        byNode.set(node, [...(byNode.get(node) ?? []), group]);
      }
      return await Promise.all([...byNode].map(([node, kept]) => ask(node, kept)));
    } catch (error) {
      for (const group of groups) this.#known.delete(group);
      throw error;
    }
  }
}
