import type { PendingEvent } from './event.ts';

/**
 * Events of one topic and key in the order of their versions; otherwise the order stays as it is. Two writers may make ids in another
 * order than they commit, so the id alone does not tell.
 */
export function inAggregateOrder<E extends PendingEvent>(events: readonly E[]): E[] {
  const places = new Map<string, number[]>();
  let disordered = false;
  for (const [index, event] of events.entries()) {
    const name = `${event.topic} ${event.key}`;
    const indexes = places.get(name);
    if (indexes === undefined) {
      places.set(name, [index]);
      continue;
    }
    if (events[indexes.at(-1)!]!.version > event.version) disordered = true;
    indexes.push(index);
  }
  const ordered = [...events];
  if (!disordered) return ordered;
  for (const indexes of places.values()) {
    const sorted = indexes.map((index) => events[index]!).sort((a, b) => a.version - b.version);
    for (const [nth, index] of indexes.entries()) ordered[index] = sorted[nth]!;
  }
  return ordered;
}

/** Splits events by topic; each topic's events keep their order. */
export function byTopic(events: readonly PendingEvent[]): Map<string, PendingEvent[]> {
  const topics = new Map<string, PendingEvent[]>();
  for (const event of events) {
    const list = topics.get(event.topic);
    if (list === undefined) topics.set(event.topic, [event]);
    else list.push(event);
  }
  return topics;
}
