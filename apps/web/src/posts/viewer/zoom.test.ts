import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AT_REST, MOST_SCALE, movedBy, swipeOf, zoomedAt } from './zoom.ts';

const room = { frame: { width: 400, height: 800 }, picture: { width: 400, height: 300 } };

test('what is under the finger stays there while it is enlarged', () => {
  const at = { x: 100, y: 0 };
  const stand = zoomedAt(AT_REST, 2, at, room);
  // The point of the picture that was under the finger is there still.
  assert.equal(100 * stand.scale + stand.x, at.x);
});

test('a picture stays within its limits', () => {
  assert.equal(zoomedAt(AT_REST, 99, { x: 0, y: 0 }, room).scale, MOST_SCALE);
  assert.deepEqual(zoomedAt({ scale: 3, x: 90, y: 20 }, 0.2, { x: 50, y: 50 }, room), AT_REST);
  assert.deepEqual(movedBy({ scale: 2, x: 0, y: 0 }, { x: 999, y: 999 }, room), { scale: 2, x: 200, y: 0 });
});

test('a stroke sideways leads on or back, one down closes, a small one does nothing', () => {
  assert.equal(swipeOf({ x: -80, y: 10 }), 'next');
  assert.equal(swipeOf({ x: 80, y: -10 }), 'previous');
  assert.equal(swipeOf({ x: 10, y: 140 }), 'close');
  assert.equal(swipeOf({ x: 10, y: -140 }), undefined);
  assert.equal(swipeOf({ x: 30, y: 30 }), undefined);
});
