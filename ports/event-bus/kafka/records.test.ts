import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventOf, recordOf } from './records.ts';

const event = {
  id: '1573956758068531200',
  key: 'ada',
  body: JSON.stringify({
    specversion: '1.0',
    id: '1573956758068531200',
    source: 'post',
    type: 'plaza.post.created',
    subject: 'ada',
    time: '2026-01-02T00:00:00.000Z',
    data: {},
  }),
};

test('a record carries its event whole, keyed by its aggregate, and the attributes of CloudEvents as headers', () => {
  const { key, value, headers } = recordOf('post', event);
  assert.equal(key.toString(), 'ada');
  assert.equal(value.toString(), event.body);
  assert.deepEqual(Object.fromEntries([...headers].map(([name, text]) => [`${name}`, `${text}`])), {
    'content-type': 'application/cloudevents+json; charset=UTF-8',
    ce_id: event.id,
    ce_specversion: '1.0',
    ce_source: 'post',
    ce_type: 'plaza.post.created',
    ce_subject: 'ada',
    ce_time: '2026-01-02T00:00:00.000Z',
  });
});

test('what is read of a record is the event that was written, in its place', () => {
  const { key, value, headers } = recordOf('post', event);
  const read = eventOf('post', 3, 7n, { key, value, headers: [...headers] });
  assert.deepEqual(read, { ...event, topic: 'post', partition: 3, offset: 8 });
});

test('a record of somebody else has its place for an id', () => {
  const { id, key, body } = eventOf('post', 3, 7n, { key: null, value: Buffer.from('not ours'), headers: [] });
  assert.deepEqual([id, key, body], ['post-3-7', '', 'not ours']);
});
