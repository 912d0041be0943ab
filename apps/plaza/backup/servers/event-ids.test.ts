import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Compile } from 'typebox/compile';
import { Envelope } from '#contracts/events/define.ts';
import { postEvents } from '#contracts/events/post.ts';
import { newEvent } from '#platform/outbox/event.ts';
import { copyEventId } from './event-ids.ts';

const envelope = Compile(Envelope);

test('an event that a copy tells is one that consumers take, whatever its random id is', () => {
  for (const byte of [0x00, 0x01, 0x7f, 0xff]) {
    const id = copyEventId({ bytes: (size) => Buffer.alloc(size, byte) });
    const data = { postId: '1', authorId: '2' } as never;
    const event = newEvent(postEvents.PostDeleted, { id, source: 'post', subject: '1', version: 1, timeMs: 0, data });
    assert.ok(envelope.Check(JSON.parse(event.body)), id);
  }
  assert.notEqual(copyEventId(), copyEventId());
});
