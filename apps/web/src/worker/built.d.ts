/** Names of the files below `/assets/`: the build puts them in. */
declare const BUILT_ASSETS: readonly string[];
