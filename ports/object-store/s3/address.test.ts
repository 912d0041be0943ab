import assert from 'node:assert/strict';
import { test } from 'node:test';
import { s3Address } from './address.ts';

test('an address names a bucket, and may name an endpoint and a region', () => {
  assert.deepEqual(s3Address('s3://media?endpoint=http://127.0.0.1:7070&region=eu-central-1'), {
    bucket: 'media',
    endpoint: 'http://127.0.0.1:7070',
    region: 'eu-central-1',
  });
  assert.deepEqual(s3Address('s3://media'), { bucket: 'media', endpoint: undefined, region: 'us-east-1' });
});

test('a wrong address is refused', () => {
  for (const wrong of [
    '',
    'http://media',
    's3://',
    's3://Media',
    's3://media/folder',
    's3://media?endpoint=ftp://host',
    's3://media?endpoint=https://user:hunter2@host',
    's3://media?endpoint=https://host/path',
    's3://media?region=Mars',
    's3://media?secret=hunter2',
  ]) {
    assert.throws(
      () => s3Address(wrong),
      (error) => error instanceof RangeError && !error.message.includes('hunter2'),
      wrong,
    );
  }
});
