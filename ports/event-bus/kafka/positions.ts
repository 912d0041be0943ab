import { listOffsetsV9, offsetCommitV9, offsetFetchV9 } from '@platformatic/kafka';
import type { KafkaClient } from './client.ts';
import { byTopic, type Place, placeKey } from './partitions.ts';

/** What a broker is asked for instead of a time: where a partition begins or ends. */
const EDGES = { earliest: -2n, latest: -1n } as const;
const CONSUMER = -1;
const READ_COMMITTED = 1;
/** What a group commits as that has no members. */
const NO_MEMBER = { id: '', epoch: -1 } as const;

export type Positions = Map<string, bigint>;

/** All partitions of the topics that exist. */
export async function placesOf(client: KafkaClient, topics: readonly string[]): Promise<Place[]> {
  const known = await client.topics(topics);
  return [...known].flatMap(([topic, { partitionsCount }]) =>
    Array.from({ length: partitionsCount }, (_, partition) => ({ topic, partition })),
  );
}

/** Where partitions begin or end, keyed by `placeKey`. */
export function edges(client: KafkaClient, places: readonly Place[], edge: 'earliest' | 'latest'): Promise<Positions> {
  // Leaders move; what is known of them may be some seconds old.
  return client.patiently((attempt) => edgesNow(client, places, edge, attempt > 1));
}

async function edgesNow(
  client: KafkaClient,
  places: readonly Place[],
  edge: 'earliest' | 'latest',
  fresh: boolean,
): Promise<Positions> {
  const topics = await client.topics([...new Set(places.map(({ topic }) => topic))], fresh);
  const byLeader = new Map<number, Place[]>();
  for (const place of places) {
    const leader = topics.get(place.topic)?.partitions[place.partition]?.leader;
    if (leader === undefined) continue;
    const list = byLeader.get(leader);
    if (list === undefined) byLeader.set(leader, [place]);
    else list.push(place);
  }
  const positions: Positions = new Map();
  await Promise.all(
    [...byLeader].map(async ([leader, list]) => {
      const request = byTopic(list, ({ partition }) => ({
        partitionIndex: partition,
        currentLeaderEpoch: -1,
        timestamp: EDGES[edge],
      }));
      const answer = await client.ask(leader, listOffsetsV9.api, CONSUMER, READ_COMMITTED, request);
      for (const { name, partitions } of answer.topics) {
        for (const { partitionIndex, offset } of partitions) {
          positions.set(placeKey({ topic: name, partition: partitionIndex }), offset);
        }
      }
    }),
  );
  return positions;
}

/** What groups have committed. Partitions of which nothing is known are missing. */
export async function committed(client: KafkaClient, groups: readonly string[]): Promise<Map<string, Positions>> {
  const answers = await client.askCoordinators(groups, (node, kept) => {
    const request = kept.map((groupId) => ({ groupId, memberId: null, memberEpoch: -1, topics: null }));
    return client.ask(node, offsetFetchV9.api, request, false);
  });
  const result = new Map<string, Positions>();
  for (const { groupId, topics } of answers.flatMap(({ groups: told }) => told)) {
    const positions: Positions = new Map();
    for (const { name, partitions } of topics) {
      for (const { partitionIndex, committedOffset } of partitions) {
        if (committedOffset >= 0n) positions.set(placeKey({ topic: name, partition: partitionIndex }), committedOffset);
      }
    }
    result.set(groupId, positions);
  }
  return result;
}

/** Writes where a group stands: as one of its members, or for a group that has none. */
export async function commit(
  client: KafkaClient,
  group: string,
  positions: Iterable<Place & { readonly next: bigint }>,
  member: { readonly id: string; readonly epoch: number } = NO_MEMBER,
): Promise<void> {
  const topics = byTopic(positions, ({ partition, next }) => ({
    partitionIndex: partition,
    committedOffset: next,
    committedLeaderEpoch: -1,
    committedMetadata: null,
  }));
  await client.askCoordinator(group, offsetCommitV9.api, group, member.epoch, member.id, null, topics);
}
