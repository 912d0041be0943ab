import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kafkaAddress } from './address.ts';

test('an address names brokers, a user, a mechanism and how often events are kept', () => {
  const address = kafkaAddress('kafka://anna:p%40ss%3Aword@a:9092,b.example:9093?replication=2&sasl=plain&tls=on');
  assert.deepEqual(address, {
    brokers: ['a:9092', 'b.example:9093'],
    replication: 2,
    connection: {
      tls: { minVersion: 'TLSv1.2' },
      sasl: { mechanism: 'PLAIN', username: 'anna', password: 'p@ss:word' },
    },
  });
});

test('without more than brokers, nothing is secret and every broker up to three keeps a copy', () => {
  assert.deepEqual(kafkaAddress('kafka://a:1,b:2,c:3,d:4'), {
    brokers: ['a:1', 'b:2', 'c:3', 'd:4'],
    replication: 3,
    connection: {},
  });
  assert.equal(kafkaAddress('kafka://[::1]:9092/').replication, 1);
});

test('a user has SCRAM unless another mechanism is named; files of TLS encrypt', () => {
  const { connection } = kafkaAddress('kafka://anna:secret@a:1', { ca: 'PEM' });
  assert.equal(connection.sasl?.mechanism, 'SCRAM-SHA-512');
  assert.equal(connection.tls?.ca, 'PEM');
});

test('a wrong address is refused in words that do not hold the password', () => {
  const wrong = [
    'http://a:9092',
    'kafka://anna:s3cret@a',
    'kafka://anna:s3cret@a:9092,',
    'kafka://anna:s3cret@a:9092?replication=0',
    'kafka://anna:s3cret@a:9092?sasl=GUESS',
    'kafka://anna:s3cret@a:9092?password=s3cret',
    'kafka://anna:s3cret@a:9092?tls=perhaps',
    'kafka://s3cret@a:9092',
    'kafka://anna:s3cret%@a:9092',
  ];
  for (const url of wrong) {
    assert.throws(
      () => kafkaAddress(url),
      (error) => error instanceof RangeError && !error.message.includes('s3cret'),
      url,
    );
  }
});
