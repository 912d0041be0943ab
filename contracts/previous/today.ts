import { readdir } from 'node:fs/promises';
import type { TSchema } from 'typebox';

/** What processes of two versions say to each other, as JSON Schema. */
export interface WireContracts {
  /** By `service.operation`. */
  readonly calls: Readonly<Record<string, { readonly input: TSchema; readonly output: TSchema }>>;
  /** The data of each event, by its type; `envelope` is around all of them. */
  readonly events: Readonly<Record<string, TSchema>>;
}

/** Every contract of this version, found by looking: a new file is part of the wire without being named here. */
export async function contractsOfToday(): Promise<WireContracts> {
  const calls: Record<string, { input: TSchema; output: TSchema }> = {};
  const events: Record<string, TSchema> = {};
  for (const exported of await exportsOf('../services/')) {
    if (!isContract(exported)) continue;
    for (const [name, { input, output }] of Object.entries(exported.operations)) {
      calls[`${exported.name}.${name}`] = { input, output };
    }
  }
  for (const exported of await exportsOf('../events/')) {
    for (const event of Object.values(exported as object)) if (isEvent(event)) events[event.type] = event.data;
  }
  const { Envelope } = await import('../events/define.ts');
  events.envelope = Envelope;
  // Schemas as they travel in files: without what only TypeBox sees.
  return JSON.parse(JSON.stringify({ calls: sorted(calls), events: sorted(events) }));
}

async function exportsOf(folder: string): Promise<unknown[]> {
  const place = new URL(folder, import.meta.url);
  const files = (await readdir(place)).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
  const modules = await Promise.all(files.map((name) => import(new URL(name, place).href)));
  return modules.flatMap((module) => Object.values(module)).filter((one) => typeof one === 'object' && one !== null);
}

function isContract(value: unknown): value is {
  readonly name: string;
  readonly operations: Record<string, { input: TSchema; output: TSchema }>;
} {
  return typeof (value as { operations?: unknown }).operations === 'object';
}

function isEvent(value: unknown): value is { readonly type: string; readonly data: TSchema } {
  const { type, topic, data } = (value ?? {}) as Record<string, unknown>;
  return typeof type === 'string' && typeof topic === 'string' && typeof data === 'object';
}

function sorted<V>(record: Readonly<Record<string, V>>): Record<string, V> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
