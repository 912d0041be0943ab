import { SESSION_TOPIC } from './authentication.ts';
import { POST_TOPIC, REACTION_TOPIC } from './post.ts';
import { GRAPH_TOPIC, USER_TOPIC } from './user.ts';

/** How a topic is created on servers. The embedded log has the same number of partitions for all. */
export interface DeclaredTopic {
  readonly name: string;
  /**
   * As many members of a group can share the work. Chosen once: with another number, keys would move to other partitions, and the events of one
   * aggregate would lose their order.
   */
  readonly partitions: number;
  /** How long a group may be away without losing events, and how far back a new group can begin. */
  readonly retentionDays: number;
}

const RETENTION_DAYS = 14;

/** Every topic that services publish to. Another one is refused by a server: it has to be created first. */
export const EVENT_TOPICS: readonly DeclaredTopic[] = [
  { name: POST_TOPIC, partitions: 24, retentionDays: RETENTION_DAYS },
  // Likes and reposts outnumber everything else.
  { name: REACTION_TOPIC, partitions: 24, retentionDays: RETENTION_DAYS },
  { name: GRAPH_TOPIC, partitions: 12, retentionDays: RETENTION_DAYS },
  { name: USER_TOPIC, partitions: 12, retentionDays: RETENTION_DAYS },
  { name: SESSION_TOPIC, partitions: 6, retentionDays: RETENTION_DAYS },
];
