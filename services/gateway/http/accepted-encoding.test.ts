import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { testSeed } from '#tests/seed.ts';
import { acceptedCoding, CODINGS, type Coding } from './accepted-encoding.ts';

test('the coding that a client likes best is taken, the smallest of several', () => {
  const table: [header: string | undefined, coding: Coding | undefined][] = [
    [undefined, undefined],
    ['', undefined],
    ['identity', undefined],
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip', 'gzip'],
    ['x-gzip', 'gzip'],
    ['GZIP;Q=1', 'gzip'],
    ['deflate', undefined],
    ['br;q=0.5, gzip;q=0.8', 'gzip'],
    ['br;q=0.5,gzip;q=0.5', 'br'],
    ['br;q=0, gzip', 'gzip'],
    ['br;q=0.000, gzip;q=0', undefined],
    ['*', 'br'],
    ['*;q=0.5, gzip;q=1', 'gzip'],
    ['br;q=0, *', 'gzip'],
    ['*;q=0', undefined],
    ['identity;q=1, br;q=0.5', undefined],
    ['identity;q=0.5, br;q=0.5', 'br'],
    ['identity;q=0', undefined],
    ['br;q=many, gzip', 'gzip'],
    [' , ;;, gzip ; q=0.3 ,', 'gzip'],
  ];
  for (const [header, coding] of table) assert.equal(acceptedCoding(header, CODINGS), coding, header);
});

test('only what is there is taken', () => {
  assert.equal(acceptedCoding('br, gzip', ['gzip']), 'gzip');
  assert.equal(acceptedCoding('br', ['gzip']), undefined);
  assert.equal(acceptedCoding('br, gzip', []), undefined);
});

test('whatever a header says, nothing is taken that it refuses or that is not there', () => {
  const weight = fc.constantFrom('', ';q=0', ';q=0.4', ';q=1', ';q=2', ';q=x', ';level=9');
  const part = fc.tuple(fc.constantFrom('br', 'gzip', 'identity', 'zstd', '*'), weight).map((pair) => pair.join(''));
  const there = fc.subarray([...CODINGS]);
  fc.assert(
    fc.property(fc.uniqueArray(part, { selector: (text) => text.split(';')[0] }), there, (parts, codings) => {
      const coding = acceptedCoding(parts.join(', '), codings);
      if (coding === undefined) return;
      assert.ok(codings.includes(coding));
      const said = parts.find((text) => text.startsWith(coding)) ?? parts.find((text) => text.startsWith('*'));
      assert.ok(said !== undefined && !/q=(0$|x)/.test(said), parts.join(', '));
    }),
    { seed: testSeed() },
  );
});
