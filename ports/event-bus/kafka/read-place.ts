import { fetchV17 } from '@platformatic/kafka';
import type { IncomingEvent } from '#ports/event-bus/port.ts';
import type { KafkaClient } from './client.ts';
import type { Place } from './partitions.ts';
import { readRecords } from './read-records.ts';

const READ_BYTES = 4 * 1024 * 1024;
const READ_WAIT_MS = 100;
const READ_COMMITTED = 1;
const NO_SESSION = { id: 0, epoch: -1 };

/** What stands in a partition from one place to another, an answer of the broker at a time, without being a member of any group. */
export async function* readPlace(
  client: KafkaClient,
  place: Place,
  { from, to }: { readonly from: bigint; readonly to: bigint },
): AsyncGenerator<IncomingEvent[]> {
  for (let at = from; at < to; ) {
    const { events, next } = await client.patiently((attempt) => readFrom(client, place, at, attempt > 1));
    if (next === at) return;
    // An answer may go beyond the end that was asked for.
    yield events.filter(({ offset }) => BigInt(offset) <= to);
    at = next;
  }
}

async function readFrom(client: KafkaClient, { topic, partition }: Place, from: bigint, fresh: boolean) {
  const { id, partitions } = (await client.topics([topic], fresh)).get(topic)!;
  const wanted = {
    partition,
    currentLeaderEpoch: -1,
    fetchOffset: from,
    lastFetchedEpoch: -1,
    partitionMaxBytes: READ_BYTES,
  };
  const answer = await client.ask(
    partitions[partition]!.leader,
    fetchV17.api,
    READ_WAIT_MS,
    1,
    READ_BYTES,
    READ_COMMITTED,
    NO_SESSION.id,
    NO_SESSION.epoch,
    [{ topicId: id, partitions: [wanted] }],
    [],
    '',
  );
  const fetched = answer.responses[0]?.partitions[0];
  return fetched === undefined ? { events: [], next: from } : readRecords(topic, fetched, from);
}
