/** What the bundler tells of a module. */
interface ModuleGraph {
  getModuleInfo(id: string): { readonly isEntry: boolean; readonly importers: readonly string[] } | null;
}

/** Tells which modules the first screen loads whatever happens: those that the entry reaches by static imports alone. */
export function firstLoad(): (id: string, graph: ModuleGraph) => boolean {
  const known = new Map<string, boolean>();
  const isFirst = (id: string, graph: ModuleGraph): boolean => {
    const answer = known.get(id);
    if (answer !== undefined) return answer;
    // Modules that import each other are asked about only once.
    known.set(id, false);
    const module = graph.getModuleInfo(id);
    const first = module !== null && (module.isEntry || module.importers.some((importer) => isFirst(importer, graph)));
    known.set(id, first);
    return first;
  };
  return isFirst;
}
