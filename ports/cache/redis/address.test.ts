import assert from 'node:assert/strict';
import { test } from 'node:test';
import { redisAddress } from './address.ts';

test('an address names nodes, and may name a user, a password and TLS', () => {
  assert.deepEqual(redisAddress('redis://one:7000,[::1]:7001,three'), {
    nodes: [
      { host: 'one', port: 7_000 },
      { host: '::1', port: 7_001 },
      { host: 'three', port: 6_379 },
    ],
    username: undefined,
    password: undefined,
    encrypted: false,
  });
  const { username, password, encrypted } = redisAddress('rediss://plaza:p%40ss%3A%2F@one:7000/');
  assert.deepEqual({ username, password, encrypted }, { username: 'plaza', password: 'p@ss:/', encrypted: true });
  assert.equal(redisAddress('redis://:word@one').password, 'word');
});

test('a wrong address is refused without being repeated', () => {
  for (const wrong of [
    '',
    'http://one:7000',
    'redis://',
    'redis://:hunter2@one:x',
    'redis://:hunter2@one:0',
    'redis://:hunter2@one:70000',
    'redis://:hunter2@one,,two',
    'redis://:hunter2%@one',
    'redis://:hunter2@one/3',
    'redis://one?password=hunter2',
  ]) {
    assert.throws(
      () => redisAddress(wrong),
      (error) => error instanceof RangeError && !error.message.includes('hunter2') && /cache/.test(error.message),
      wrong,
    );
  }
});
