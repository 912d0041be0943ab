import type { MediaConfig } from './media/main.ts';

/** What the process says to this service. */
export interface PostConfig {
  /** Whether this process is the only one that serves posts, as in the embedded program. Post heads are then held in memory. */
  readonly onlyWriter: boolean;
  /** Names, besides none, under which people of this community are mentioned: the host (with port, if any) of the public address, in lower case. */
  readonly localHosts: readonly string[];
  readonly media: MediaConfig;
}
