import { wideTable } from './table.ts';

/** Every column type, with and without null. */
export const things = wideTable({
  name: 'suite_things',
  tier: 'core',
  partition: { id: 'id' },
  clustering: {},
  columns: {
    owner_id: 'id',
    body: 'text',
    score: 'int',
    ratio: 'float',
    shown: 'boolean',
    extra: 'json',
    maybe_id: 'id?',
    maybe_body: 'text?',
    maybe_score: 'int?',
    maybe_ratio: 'float?',
    maybe_shown: 'boolean?',
    maybe_extra: 'json?',
  },
});

/** A feed: newest first. */
export const entries = wideTable({
  name: 'suite_entries',
  tier: 'derived',
  partition: { reader: 'text' },
  clustering: { post_id: { type: 'id', order: 'desc' } },
  columns: { reason: 'int' },
});

/** Two partition columns and three clustering columns of every type, in both orders. */
export const deep = wideTable({
  name: 'suite_deep',
  tier: 'derived',
  partition: { scope: 'text', bucket: 'int' },
  clustering: {
    day: { type: 'int', order: 'desc' },
    word: { type: 'text', order: 'asc' },
    post_id: { type: 'id', order: 'desc' },
  },
  columns: { note: 'text?' },
});

/** Rows that end by themselves. */
export const fleeting = wideTable({
  name: 'suite_fleeting',
  tier: 'derived',
  partition: { scope: 'text' },
  clustering: { at: { type: 'int', order: 'asc' } },
  columns: { body: 'text' },
  ttlSeconds: 2,
});

/** Read as a whole, and emptied. */
export const whole = wideTable({
  name: 'suite_whole',
  tier: 'core',
  partition: { scope: 'text', number: 'id' },
  clustering: { at: { type: 'int', order: 'desc' } },
  columns: { body: 'text?' },
});

/** Rows that are all key. */
export const bare = wideTable({
  name: 'suite_bare',
  tier: 'derived',
  partition: { scope: 'text' },
  clustering: { at: { type: 'int', order: 'asc' } },
  columns: {},
});

export const suiteTables = [things, entries, deep, fleeting, whole, bare];
