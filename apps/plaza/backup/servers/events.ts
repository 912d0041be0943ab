import { LRUCache } from 'lru-cache';
import { POST_TOPIC, REACTION_TOPIC, reactionEvents } from '#contracts/events/post.ts';
import { systemClock } from '#platform/clock/system-clock.ts';
import { newEvent, type PendingEvent } from '#platform/outbox/event.ts';
import type { KafkaCopy, Stretch } from '#ports/event-bus/kafka/copy.ts';
import type { WideColumn } from '#ports/wide-column/port.ts';
import type { WideTable } from '#ports/wide-column/table.ts';
import { POST_TABLES } from '#services/post/store/tables.ts';
import { countedPost, subjectOf, toldRows } from '#services/post/told-rows.ts';
import type { Report } from '../../operator/command.ts';
import { copyEventId } from './event-ids.ts';
import {
  CHANGES_FILE,
  CHANGES_TOLD_FILE,
  eventsFile,
  type ServersManifest,
  type WideLine,
  wideFile,
} from './layout.ts';
import { LineWriter, linesOf, type WrittenFile } from './line-file.ts';
import { isOutbox, lineOf } from './wide-column.ts';

const STEP = 'Events';
/** What was read for one event need not be read for the next of the same post. */
const SUBJECTS_HELD = 100_000;
const AT_ONCE = 16;

/** What stands in a file of events. */
interface EventLine {
  readonly id: string;
  readonly key: string;
  readonly body: string;
}

export interface EventsToCopy {
  readonly events: KafkaCopy;
  readonly wide: WideColumn;
  readonly target: string;
  readonly tables: readonly WideTable[];
  readonly stretches: readonly Stretch[];
  readonly report: Report;
}

/** The events that not everybody had handled, and the rows of which they and the outboxes tell, as these are by now. */
export async function copyEvents(task: EventsToCopy): Promise<Record<string, WrittenFile>> {
  const { events, wide, target, tables, stretches, report } = task;
  // A Plaza that never had a post has no tables of posts, and nothing to look up.
  const declared = POST_TABLES.every(({ name }) => tables.some((table) => table.name === name));
  if (declared) await wide.declare(POST_TABLES);
  const files: Record<string, WrittenFile> = {};
  const changes = await LineWriter.create(target, CHANGES_FILE);
  const changesTold = await LineWriter.create(target, CHANGES_TOLD_FILE);
  const tools = { wide, clock: systemClock, newId: copyEventId };
  const known = new LRUCache<string, true>({ max: SUBJECTS_HELD });
  const look = async (bodies: readonly string[]) => {
    const fresh = declared ? bodies.filter((body) => isNew(known, body)) : [];
    for (let at = 0; at < fresh.length; at += AT_ONCE) {
      const found = await Promise.all(fresh.slice(at, at + AT_ONCE).map((body) => toldRows(tools, body)));
      await changes.add(found.flatMap(({ rows }) => rows.map(lineOf)));
      await changesTold.add(found.flatMap(({ events }) => events.map((event) => JSON.stringify(event))));
    }
  };
  for (const [index, stretch] of stretches.entries()) {
    const name = eventsFile(stretch.topic, stretch.partition);
    const writer = await LineWriter.create(target, name);
    for await (const some of events.read(stretch)) {
      await writer.add(some.map(({ id, key, body }) => JSON.stringify({ id, key, body } satisfies EventLine)));
      if (isOfPosts(stretch.topic)) await look(some.map(({ body }) => body));
    }
    files[name] = await writer.close();
    report(STEP, index + 1, stretches.length);
  }
  for (const { name } of tables.filter(isOutbox)) {
    for await (const lines of linesOf(target, wideFile(name))) {
      await look(lines.map((line) => (JSON.parse(line) as WideLine).row.body as string));
    }
  }
  files[CHANGES_FILE] = await changes.close();
  files[CHANGES_TOLD_FILE] = await changesTold.close();
  return files;
}

function isNew(known: LRUCache<string, true>, body: string): boolean {
  const subject = subjectOf(body);
  if (subject === undefined || known.has(subject)) return false;
  known.set(subject, true);
  return true;
}

/** Publishes what was copied; before it, doubt about the numbers of each post that it counts: they and what they count were met at different moments. */
export async function fillEvents(
  copy: KafkaCopy,
  { events, files }: ServersManifest,
  folder: string,
  tools: { readonly newId: () => string; readonly timeMs: number },
  report: Report,
): Promise<void> {
  await copy.begin(events.above);
  const total = events.stretches.reduce(
    (sum, { topic, partition }) => sum + files[eventsFile(topic, partition)]!.lines,
    0,
  );
  let done = 0;
  for (const { topic, partition } of events.stretches) {
    for await (const lines of linesOf(folder, eventsFile(topic, partition))) {
      const some = lines.map((line) => JSON.parse(line) as EventLine);
      if (topic === REACTION_TOPIC) await copy.add(topic, doubts(some, tools));
      await copy.add(topic, some);
      done += lines.length;
      report(STEP, done, total);
    }
  }
  for await (const lines of linesOf(folder, CHANGES_TOLD_FILE)) {
    const byTopic = Map.groupBy(
      lines.map((line) => JSON.parse(line) as PendingEvent),
      ({ topic }) => topic,
    );
    for (const [topic, some] of byTopic) await copy.add(topic, some);
  }
  await copy.place(events.groups);
}

function doubts(
  events: readonly EventLine[],
  { newId, timeMs }: { readonly newId: () => string; readonly timeMs: number },
): PendingEvent[] {
  const posts = new Set(events.map(({ body }) => countedPost(body)).filter((postId) => postId !== undefined));
  return [...posts].map((postId) =>
    newEvent(reactionEvents.CountsDoubted, {
      id: newId(),
      source: 'post',
      subject: postId,
      version: timeMs,
      timeMs,
      data: { postId },
    }),
  );
}

function isOfPosts(topic: string): boolean {
  return topic === POST_TOPIC || topic === REACTION_TOPIC;
}
