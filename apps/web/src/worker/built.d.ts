/** Names of the files below `/assets/`: the build puts them in. */
declare const BUILT_ASSETS: readonly string[];

/** Of Background Sync, which the types of the library do not have. */
interface SyncEvent extends ExtendableEvent {
  readonly tag: string;
}

interface ServiceWorkerGlobalScopeEventMap {
  readonly sync: SyncEvent;
}
