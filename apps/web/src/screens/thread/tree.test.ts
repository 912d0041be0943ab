import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Turn } from '../../api/threads.ts';
import { foldAncestors, type Row, rowsOf, SHOWN_REPLIES } from './tree.ts';

const turn = (id: string, answers: string): Turn => ({ id, answers });
const shape = (rows: readonly Row[]) =>
  rows.map((row) =>
    row.kind === 'post' ? `${'  '.repeat(row.depth)}${row.id}` : `${'  '.repeat(row.depth)}${row.kind} ${row.count}`,
  );

test('each reply stands above what answers it; an answer that is the only one stays in line', () => {
  const turns = [turn('a', 'root'), turn('b', 'a'), turn('c', 'b'), turn('d', 'root'), turn('e', 'd'), turn('f', 'd')];
  assert.deepEqual(shape(rowsOf('root', turns)), ['a', 'b', 'c', 'd', '  e', '  f']);
});

test('what answers a post that is gone is not lost', () => {
  assert.deepEqual(shape(rowsOf('root', [turn('a', 'gone'), { id: 'b', answers: null }])), ['a', 'b']);
});

test('many replies are folded with all that answers them, and unfold in steps', () => {
  const many = Array.from({ length: SHOWN_REPLIES.focused + 2 }, (_, n) => turn(`r${n}`, 'root'));
  const turns = [...many, turn('x', `r${SHOWN_REPLIES.focused}`)];
  const rows = rowsOf('root', turns);
  assert.equal(rows.length, SHOWN_REPLIES.focused + 1);
  assert.deepEqual(rows.at(-1), { kind: 'folded', under: 'root', depth: 0, count: 3 });
  assert.equal(rowsOf('root', turns, { root: SHOWN_REPLIES.step }).length, turns.length);
});

test('a deep branch and a long line go on elsewhere', () => {
  const bushy = ['1', '2', '3', '4', '5'].flatMap((n) => [
    turn(`a${n}`, n === '1' ? 'root' : `a${+n - 1}`),
    turn(`b${n}`, n === '1' ? 'root' : `a${+n - 1}`),
  ]);
  assert.deepEqual(shape(rowsOf('root', bushy)), [
    'a1',
    '  a2',
    '    a3',
    '      a4',
    '      further 2',
    '      b4',
    '    b3',
    '  b2',
    'b1',
  ]);
  const line = Array.from({ length: 40 }, (_, n) => turn(`t${n}`, n === 0 ? 'root' : `t${n - 1}`));
  const rows = rowsOf('root', line);
  const last = rows.at(-1)!;
  assert.equal(last.kind, 'further');
  assert.equal(rows.length - 1 + (last.kind === 'further' ? last.count : 0), 40);
});

test('of many posts before, the first and the last are shown', () => {
  const ancestors = Array.from({ length: 20 }, (_, n) => `${n}`);
  assert.deepEqual(foldAncestors(ancestors, false), { first: ['0'], folded: 14, last: ancestors.slice(15) });
  assert.deepEqual(foldAncestors(ancestors, true).last, ancestors);
  assert.equal(foldAncestors(ancestors.slice(0, 7), false).folded, 0);
});
