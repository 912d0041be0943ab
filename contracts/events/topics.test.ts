import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { EVENT_TOPICS } from './topics.ts';

test('every topic of an event is declared once, and none that no event has', async () => {
  const used = new Set<string>();
  const files = readdirSync(import.meta.dirname).filter((name) => /^[a-z-]+\.ts$/.test(name));
  for (const file of files) {
    const module = (await import(join(import.meta.dirname, file))) as Record<string, unknown>;
    for (const exported of Object.values(module)) for (const topic of topicsIn(exported)) used.add(topic);
  }
  assert.ok(used.size > 3);
  const declared = EVENT_TOPICS.map(({ name }) => name);
  assert.deepEqual([...declared].sort(), [...used].sort());
});

/** The topics of events in a group of events, such as `postEvents`. */
function topicsIn(exported: unknown): string[] {
  if (typeof exported !== 'object' || exported === null) return [];
  return Object.values(exported).flatMap((event: unknown) => {
    const { type, topic, data } = (event ?? {}) as Record<string, unknown>;
    return typeof type === 'string' && typeof topic === 'string' && data !== undefined ? [topic] : [];
  });
}
