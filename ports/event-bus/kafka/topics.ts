import { createTopicsV7 } from '@platformatic/kafka';
import type { KafkaClient } from './client.ts';
import { answered } from './errors.ts';

export interface TopicSettings {
  readonly name: string;
  /** How far a group can scale. Never changed afterwards: keys would move to other partitions and lose their order. */
  readonly partitions: number;
  readonly retentionMs: number;
  /** Keeps the last record of each key. */
  readonly compacted?: boolean;
}

/** An event of the largest size in the widest letters, with its headers. */
const MAX_MESSAGE_BYTES = 3 * 1024 * 1024;
const CREATE_TIMEOUT_MS = 10_000;

const LEADER_ATTEMPTS = 50;
const LEADER_PAUSE_MS = 200;

const DAY_MS = 86_400_000;

/** Events that groups could not handle, until they are replayed with success. */
export const DEAD_LETTER_TOPIC: TopicSettings = {
  name: 'plaza.dead-letters',
  partitions: 1,
  retentionMs: 90 * DAY_MS,
  compacted: true,
};
/** Dead letters on their way back to their groups. */
export const RETRY_TOPIC: TopicSettings = { name: 'plaza.retry', partitions: 1, retentionMs: 30 * DAY_MS };
/** Where the offsets of a restored log begin: one record, for ever. */
export const ORIGIN_TOPIC: TopicSettings = { name: 'plaza.origin', partitions: 1, retentionMs: -1, compacted: true };
/** What the bus needs for itself. */
export const OWN_TOPICS: readonly TopicSettings[] = [DEAD_LETTER_TOPIC, RETRY_TOPIC, ORIGIN_TOPIC];

export interface TopicReport {
  readonly name: string;
  readonly outcome: 'created' | 'there' | 'other number of partitions';
  readonly partitions: number;
}

/** Creates those topics that are missing. What exists stays as it is. */
export async function createTopics(
  client: KafkaClient,
  topics: readonly TopicSettings[],
  replication: number,
): Promise<TopicReport[]> {
  const reports: TopicReport[] = [];
  for (const topic of topics) {
    const created = await create(client, topic, replication);
    const partitions = await partitionsOf(client, topic.name);
    const other = partitions !== topic.partitions;
    reports.push({
      name: topic.name,
      outcome: created ? 'created' : other ? 'other number of partitions' : 'there',
      partitions,
    });
  }
  return reports;
}

async function create(client: KafkaClient, topic: TopicSettings, replication: number): Promise<boolean> {
  const configs = {
    'retention.ms': topic.retentionMs,
    'max.message.bytes': MAX_MESSAGE_BYTES,
    'min.insync.replicas': replication > 2 ? 2 : 1,
    'cleanup.policy': topic.compacted ? 'compact,delete' : 'delete',
  };
  const request = {
    name: topic.name,
    numPartitions: topic.partitions,
    replicationFactor: replication,
    assignments: [],
    configs: Object.entries(configs).map(([name, value]) => ({ name, value: String(value) })),
  };
  try {
    await client.askAny(createTopicsV7.api, [request], CREATE_TIMEOUT_MS, false);
    return true;
  } catch (error) {
    if (answered(error, 'TOPIC_ALREADY_EXISTS')) return false;
    throw error;
  }
}

/** Waits until the partitions have leaders: a topic that was created a moment ago does not take events yet. */
async function partitionsOf(client: KafkaClient, name: string): Promise<number> {
  for (let attempt = 1; ; attempt++) {
    try {
      const topic = (await client.topics([name], true)).get(name);
      if (topic?.partitions.every(({ leader }) => leader >= 0)) return topic.partitionsCount;
    } catch (error) {
      if (attempt === LEADER_ATTEMPTS) throw error;
    }
    if (attempt === LEADER_ATTEMPTS) throw new Error(`Topic ${name} has partitions without a leader.`);
    await client.pause(LEADER_PAUSE_MS);
  }
}
